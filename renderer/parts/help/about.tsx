import { useEffect, useState } from 'react';
import type { About as AboutApp } from '../../../shared/ipc/about';
import { call } from '../bridge/bridge';
import { Facts } from '../facts';
import { More } from '../more';
import { Problem } from '../problem';

/** Which program this is, and under which licences its parts are. */
export function About() {
  const [about, setAbout] = useState<AboutApp | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void call('about.get', {}).then((answer) => {
      if (answer.ok) setAbout(answer.value);
      else setProblem(answer.error.message);
    });
  }, []);
  if (about === null) return <Problem text={problem} />;
  const { version, build, electron, chromium, node, parts } = about;
  return (
    <>
      <Facts
        facts={[
          ['Version', version],
          ...(build === null
            ? ([['Build', 'Not packaged: out of a checkout.']] as const)
            : ([
                ['Commit', <code key="commit">{build.commit}</code>],
                ['Digest of its files', <code key="files">{build.filesSha256}</code>],
              ] as const)),
          ['Licence', 'Apache License 2.0'],
          ['Runs on', `Electron ${electron}, with Chromium ${chromium} and Node ${node}`],
        ]}
      />
      <p className="quiet">
        The licences of Electron and Chromium lie beside the program, as LICENSE.electron.txt and
        LICENSES.chromium.html.
      </p>
      <More title={`What others made of it: ${parts.length} parts`}>
        <Facts facts={parts.map(({ name, version: of, licence }) => [name, `${of} · ${licence}`] as const)} />
      </More>
      <More title="The text of each licence">
        {parts.map(({ name, text }) => (
          <section className="licence" key={name}>
            <h3>{name}</h3>
            <pre>{text === '' ? 'The package brings no text of its licence.' : text}</pre>
          </section>
        ))}
      </More>
    </>
  );
}

// What has to be true of a system in which the packages are installed, and of one where they were.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../../package/command.mjs';
import { apps } from '../../package/programs.mjs';
import { person } from './debian-root.mjs';
import { differences, filesBelow } from './files.mjs';
import { formerFiles, olderPackage } from './older-package.mjs';
import { holesIn, processesOf } from './processes.mjs';
import { packageFile, programs } from './release-files.mjs';
import { Window } from './window.mjs';

const verify = resolve(import.meta.dirname, '../../package/proof/verify-release.sh');
const passphrase = 'correct horse battery';

/** What a system remembers of every package that was ever there, and what goes by itself. */
const kept =
  /^\/(?:proc|sys|dev|run|tmp|packages|home|root|var\/log|var\/cache\/apt|var\/lib\/(?:apt|dpkg))(?:\/|$)/;

/** @typedef {import('./debian-root.mjs').DebianRoot} DebianRoot */

/**
 * @param {import('./proof.mjs').Prove} prove
 * @param {{ release: string, root: DebianRoot, work: string, display: string }} at
 */
export async function proveAsInstalled(prove, { release, root, work, display }) {
  const window = new Window(display);
  const system = () => filesBelow(root.folder, (path) => kept.test(path));
  const home = () => filesBelow(join(root.folder, 'home'));
  /** @param {readonly string[]} packages */
  const install = (packages) =>
    root.run(['apt-get', 'install', '--yes', '--no-install-recommends', ...packages], { network: true });
  const purge = () => root.run(['apt-get', 'purge', '--yes', ...programs]);

  const newer = root.lay(programs.map((name) => packageFile(release, name, 'deb')));
  const older = root.lay(
    programs.map((name) => olderPackage(packageFile(release, name, 'deb'), { name, work, version: '0.0.1' })),
  );

  await prove('the packages install where there is nothing but what every Debian has', () => {
    install(older);
  });
  await prove('once they are purged, nothing in the system bears their name', () => {
    purge();
    return [...system().keys()].filter((path) => path.includes('airlock'));
  });
  const before = system();
  install(older);

  /**
   * Has an app at work, as the person and without a network, while something is done at its window.
   * @param {string} command
   * @param {string} folder below the person's own
   * @param {(errors: () => string) => Promise<void | string[]>} work
   * @param {string[]} files that it is started on
   */
  const working = async (command, folder, work, ...files) => {
    const args = [command, `--home=/home/${person.name}/${folder}`, ...files];
    const app = root.start(args, { as: 'person', env: { DISPLAY: display } });
    let errors = '';
    app.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    try {
      return await work(() => errors);
    } finally {
      for (const { id, type } of processesOf('/opt')) if (type === '') process.kill(id);
      for (let wait = 0; wait < 100 && app.exitCode === null; wait++) await pause(100);
      app.kill('SIGKILL');
    }
  };

  await prove('the online station starts for an ordinary user, in its sandbox, and rehearses', () =>
    working('airlock-online', 'otto', async (errors) => {
      await window.shows('Who works at this station?', errors);
      const holes = holesIn(processesOf('/opt/airlock-online'), person.id);
      await introduce(window, 'Otto', []);
      await window.shows('Meet the others first', errors);
      window.pressOften('Tab', 12);
      window.press('Return');
      await window.shows('Which server?');
      window.pressOften('Tab', 6);
      window.press('Return');
      await window.shows('Introduce this station');
      return holes;
    }),
  );

  const written = home();
  await prove('an upgrade leaves nothing of the older version, and a person’s folder as it was', () => {
    install(newer);
    const left = programs.flatMap(formerFiles).filter((path) => existsSync(join(root.folder, path)));
    return [...left.map((path) => `left: ${path}`), ...differences(written, home())];
  });
  for (const name of programs)
    await prove(`${name} then lies there as it was released, file by file`, () => {
      const list = packageFile(release, name, 'list');
      run('sh', [verify, '--installed', join(root.folder, 'opt', name), list]);
    });
  await prove('menu, icons and manual pages are such as a system takes', () => systemFaults(root.folder));

  await prove('the upgraded station opens the home that the older one made', () =>
    working('airlock-online', 'otto', async (errors) => {
      await window.shows('Welcome back, Otto', errors);
      window.type(passphrase);
      window.press('Return');
      await window.shows('Meet the others first');
    }),
  );
  await prove('the air-gapped app starts for an ordinary user, in its sandbox, and makes an identity', () =>
    working('airlock-app', 'olga', async (errors) => {
      await window.shows('Who works at this station?', errors);
      const holes = holesIn(processesOf('/opt/airlock'), person.id);
      await introduce(window, 'Olga', ['Tab', 'space']);
      await window.shows('Meet the others first', errors);
      return holes;
    }),
  );
  await prove('a message’s file starts the app, which takes it in once its person is there', async () => {
    const file = `/home/${person.name}/ada.ur`;
    const ada = [
      '--home',
      `/home/${person.name}/ada`,
      '--passphrase-file',
      `/home/${person.name}/passphrase`,
    ];
    writeFileSync(join(root.folder, `home/${person.name}/passphrase`), passphrase);
    const who = ['--name', 'Ada', '--role', 'custodian'];
    root.run(['airlock', 'identity', 'create', ...who, ...ada], { as: 'person' });
    root.run(['airlock', 'identity', 'show', '--out', file, ...ada], { as: 'person' });
    const types = readFileSync(join(root.folder, 'usr/share/mime/globs2'), 'utf8');
    if (!types.includes(':application/x-airlock-message:*.ur')) return ['The system does not know the type.'];
    return working(
      'airlock-app',
      'olga',
      async (errors) => {
        await window.shows('Welcome back, Olga', errors);
        window.type(passphrase);
        window.press('Return');
        await window.shows('Meet the others first', errors);
        // The sheet that asks whether Ada's six words match.
        window.pressOften('Tab', 2);
        window.press('Return');
        await window.shows('Begin a ceremony, or go on');
      },
      file,
    );
  });
  await prove('the command line plays a whole ceremony, and finds its transcript proven', () => {
    const folder = `/home/${person.name}/rehearsal`;
    root.run(['airlock', 'rehearse', '--out', folder], { as: 'person' });
    root.run(['airlock', 'transcript', 'verify', folder], { as: 'person' });
  });

  const worked = home();
  await prove(
    'once they are purged, the system is as it was before, and a person’s folder is untouched',
    () => {
      purge();
      return [...differences(before, system()), ...differences(worked, home())];
    },
  );
}

/**
 * Fills in the first step of a new home.
 * @param {Window} window
 * @param {string} name
 * @param {string[]} between keys from the name to the station's
 */
async function introduce(window, name, between) {
  window.press('Tab');
  window.type(name);
  window.press(...between, 'Tab', 'Tab');
  window.type(passphrase);
  window.press('Tab', 'Tab');
  window.type(passphrase);
  window.press('Return');
}

/** @param {string} root */
function systemFaults(root) {
  const pages = join(root, 'usr/share/man/man1');
  return [
    ...apps.flatMap(({ name }) => {
      run('desktop-file-validate', [join(root, 'usr/share/applications', `${name}.desktop`)]);
      const icons = ['48x48', '128x128', '256x256', '512x512'].map((size) => `${size}/apps/${name}.png`);
      return [...icons, `scalable/apps/${name}.svg`]
        .filter((icon) => !existsSync(join(root, 'usr/share/icons/hicolor', icon)))
        .map((icon) => `no icon ${icon}`);
    }),
    ...readdirSync(pages)
      .filter((page) => page.startsWith('airlock'))
      .flatMap((page) => {
        run('mandoc', ['-T', 'lint', '-W', 'warning', join(pages, page)]);
        return [];
      }),
  ];
}

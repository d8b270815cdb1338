import { useState } from 'react';
import { useKeepsOpen } from '../guard/use';
import { Problem } from '../problem';
import { CodeControls } from './code-controls';
import { useCodeKeys } from './code-keys';
import { FullScreenCode } from './full-screen-code';
import { type LoadParts, useMovingParts } from './moving-parts';
import { densityOf, usePace } from './pace';
import { usePause } from './pause';
import { QrPicture } from './qr-picture';
import { useWidth } from './width';

export interface CodeOutProps {
  /** Of the message: another one starts over. */
  readonly id: string;
  readonly title: string;
  readonly load: LoadParts;
  /** It stands there all the time, for whoever may want it: only on the full screen is it being shown. */
  readonly standing?: boolean;
}

/** The way out for every message: a still code, or a moving one where it is too long for one. */
export function CodeOut({ id, title, load, standing = false }: CodeOutProps) {
  const { speed, grade } = usePace();
  const pause = usePause();
  const shown = useMovingParts(load, id, speed, densityOf(grade), pause.paused);
  const [box, width] = useWidth();
  const [large, setLarge] = useState(false);
  const [help, setHelp] = useState(false);
  useKeepsOpen(large || !standing);
  useCodeKeys({
    onLarge: () => setLarge((is) => !is),
    onPause: pause.toggle,
    onPace: () => setHelp(true),
  });
  const label = `QR code: ${title}`;

  if (shown.problem !== null) return <Problem text={shown.problem} />;
  const controls = { shown, pause, help, onHelp: () => setHelp(!help) };
  return (
    <section className="code-box" aria-label={title}>
      <div className="code-picture" ref={box} data-testid={large ? undefined : 'code-out'}>
        {shown.text === null || width === 0 ? null : (
          <QrPicture text={shown.text} side={width} label={label} />
        )}
      </div>
      <div className="code-foot">
        <CodeControls
          {...controls}
          large={{ label: 'Full screen', key: 'F', onPress: () => setLarge(true) }}
        />
      </div>
      {large && shown.text !== null ? (
        <FullScreenCode title={title} text={shown.text} onClose={() => setLarge(false)}>
          <CodeControls {...controls} large={{ label: 'Back', key: 'Esc', onPress: () => setLarge(false) }} />
        </FullScreenCode>
      ) : null}
    </section>
  );
}

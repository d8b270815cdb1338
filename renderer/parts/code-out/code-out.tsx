import { useCallback, useState } from 'react';
import { Button } from '../button';
import { Problem } from '../problem';
import { CodeControls } from './code-controls';
import { useCodeKeys } from './code-keys';
import { FullScreenCode } from './full-screen-code';
import { type LoadParts, useMovingParts } from './moving-parts';
import { densityOf, usePace } from './pace';
import { QrPicture } from './qr-picture';
import { useWidth } from './width';

export interface CodeOutProps {
  /** Of the message: another one starts over. */
  readonly id: string;
  readonly title: string;
  readonly load: LoadParts;
}

/** The way out for every message: a still code, or a moving one where it is too long for one. */
export function CodeOut({ id, title, load }: CodeOutProps) {
  const { speed, grade } = usePace();
  const shown = useMovingParts(load, id, speed, densityOf(grade));
  const [box, width] = useWidth();
  const [large, setLarge] = useState(false);
  useCodeKeys(useCallback(() => setLarge((is) => !is), []));
  const label = `QR code: ${title}`;

  if (shown.problem !== null) return <Problem text={shown.problem} />;
  return (
    <section className="code-box" aria-label={title}>
      <div className="code-picture" ref={box} data-testid={large ? undefined : 'code-out'}>
        {shown.text === null || width === 0 ? null : (
          <QrPicture text={shown.text} side={width} label={label} />
        )}
      </div>
      <div className="code-foot">
        <CodeControls shown={shown} />
        <p className="code-line">
          <Button kind="key" label="Full screen" onPress={() => setLarge(true)}>
            F
          </Button>
          <span>full screen</span>
        </p>
      </div>
      {large && shown.text !== null ? (
        <FullScreenCode title={title} onClose={() => setLarge(false)} shown={shown} text={shown.text} />
      ) : null}
    </section>
  );
}

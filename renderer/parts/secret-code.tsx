import { drawQr, svgPath, svgSide } from '../../shared/qr/draw';
import { type Revealed, useHeldSecret } from './held-secret';
import { HoldButton } from './hold-button';
import { Problem } from './problem';

export interface SecretCodeProps {
  readonly name: string;
  /** Asks the main process for the text; called at each hold. */
  readonly reveal: () => Promise<Revealed>;
  /** `data-testid` of the element that holds the code while it is held. */
  readonly testId?: string;
}

/** Largest side of the code, CSS pixels. */
const side = 420;

/**
 * A secret in the clear as a QR code, for a machine with only the plain command line. Marked SECRET, and
 * there only while it is held: drawn straight into one DOM node, past React and every store, and taken out
 * again on release.
 */
export function SecretCode({ name, reveal, testId }: SecretCodeProps) {
  const { node, held, problem, onHold } = useHeldSecret(reveal, picture);

  return (
    <section className="secret" aria-label={`${name}, as a code`}>
      <div className="secret-head">
        <span className="secret-name">
          <span className="secret-mark">SECRET</span>
          {name}, as a code
        </span>
        <HoldButton label={`Hold to show the code: ${name}`} onHold={onHold}>
          Hold to show
        </HoldButton>
      </div>
      <div className="secret-text">
        <span className="secret-cover" aria-hidden="true" />
      </div>
      <div className={held ? 'secret-code secret-code-held' : 'secret-code'}>
        {held ? <span className="secret-code-mark">SECRET · {name}</span> : null}
        <div
          ref={node}
          role="img"
          aria-label={held ? `QR code of a secret: ${name}` : `Covered: ${name}`}
          {...(testId === undefined ? {} : { 'data-testid': testId })}
        />
      </div>
      <Problem text={problem} />
    </section>
  );
}

function picture(text: string): SVGSVGElement {
  const matrix = drawQr(text);
  const modules = svgSide(matrix);
  const ratio = window.devicePixelRatio;
  const pixels = (Math.max(1, Math.floor((side * ratio) / modules)) * modules) / ratio;
  const svg = element('svg', { viewBox: `0 0 ${modules} ${modules}`, width: pixels, height: pixels });
  svg.setAttribute('shape-rendering', 'crispEdges');
  svg.append(
    element('path', { fill: '#ffffff', d: `M0 0h${modules}v${modules}h${-modules}z` }),
    element('path', { fill: '#000000', d: svgPath(matrix) }),
  );
  return svg;
}

function element<K extends 'svg' | 'path'>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

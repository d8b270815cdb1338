import { useMemo } from 'react';
import { drawQr, svgPath } from '../../../shared/qr/draw';

/** Modules of white around a code, which readers need whatever the theme. */
const quietZone = 4;

export interface QrPictureProps {
  readonly text: string;
  /** Largest side, CSS pixels. The picture is as large as whole device pixels a module allow. */
  readonly side: number;
  readonly label: string;
}

/** A QR code, black on white, crisp at any size. */
export function QrPicture({ text, side, label }: QrPictureProps) {
  const matrix = useMemo(() => drawQr(text), [text]);
  const modules = matrix.size + 2 * quietZone;
  const ratio = window.devicePixelRatio;
  const pixels = (Math.max(1, Math.floor((side * ratio) / modules)) * modules) / ratio;
  return (
    <svg
      role="img"
      aria-label={label}
      width={pixels}
      height={pixels}
      viewBox={`${-quietZone} ${-quietZone} ${modules} ${modules}`}
      shapeRendering="crispEdges"
    >
      <path fill="#ffffff" d={`M${-quietZone} ${-quietZone}h${modules}v${modules}h${-modules}z`} />
      <path fill="#000000" d={svgPath(matrix)} />
    </svg>
  );
}

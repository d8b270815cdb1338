import { useMemo } from 'react';
import { drawQr, svgPath, svgSide } from '../../../shared/qr/draw';

export interface QrPictureProps {
  readonly text: string;
  /** Largest side, CSS pixels. The picture is as large as whole device pixels a module allow. */
  readonly side: number;
  readonly label: string;
}

/** A QR code with its quiet zone, black on white whatever the theme, crisp at any size. */
export function QrPicture({ text, side, label }: QrPictureProps) {
  const { modules, path } = useMemo(() => {
    const matrix = drawQr(text);
    return { modules: svgSide(matrix), path: svgPath(matrix) };
  }, [text]);
  const ratio = window.devicePixelRatio;
  const pixels = (Math.max(1, Math.floor((side * ratio) / modules)) * modules) / ratio;
  return (
    <svg
      role="img"
      aria-label={label}
      width={pixels}
      height={pixels}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
    >
      <path fill="#ffffff" d={`M0 0h${modules}v${modules}h${-modules}z`} />
      <path fill="#000000" d={path} />
    </svg>
  );
}

/** A grey picture: one byte a pixel, row by row, 0 = black. */
export interface Luma {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Grey of an RGBA picture (ITU-R BT.601), transparent pixels on white. */
export function lumaOf(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Luma {
  const data = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < data.length; i++, p += 4) {
    const grey = (306 * (rgba[p] ?? 0) + 601 * (rgba[p + 1] ?? 0) + 117 * (rgba[p + 2] ?? 0) + 512) >> 10;
    const alpha = rgba[p + 3] ?? 255;
    data[i] = alpha === 255 ? grey : 255 + ((grey - 255) * alpha) / 255;
  }
  return { data, width, height };
}

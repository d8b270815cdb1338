/** Formats of pictures that are read here. */
export type ReadKind = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp';

/** What the first bytes of a file say that it is. */
export type FileKind =
  | { readonly read: ReadKind }
  /** A picture, or pages of them, in a format that is not read here. */
  | { readonly foreign: string; readonly instead: string };

const bytes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

interface Beginning {
  readonly at: number;
  readonly bytes: readonly number[];
}
const from = (at: number, text: string | readonly number[]): Beginning => ({
  at,
  bytes: typeof text === 'string' ? bytes(text) : text,
});

const asPng = 'Save it as PNG or JPEG, and take that.';
const fromPhone =
  'Phones keep photographs so. Save or send it as JPEG (“most compatible”), or take a screenshot of it.';
const fromScanner =
  'Scanners and fax programs write it. Save the page as PNG, or scan it again as PNG or JPEG.';

/** Each format by how its files begin; the name of a file says nothing. */
const formats: readonly (readonly [readonly Beginning[], FileKind])[] = [
  [[from(0, [0x89, 0x50, 0x4e, 0x47])], { read: 'png' }],
  [[from(0, [0xff, 0xd8, 0xff])], { read: 'jpeg' }],
  [[from(0, 'GIF8')], { read: 'gif' }],
  [[from(0, 'RIFF'), from(8, 'WEBP')], { read: 'webp' }],
  [[from(0, 'BM'), from(6, [0, 0, 0, 0])], { read: 'bmp' }],
  [[from(0, [0x49, 0x49, 0x2a, 0x00])], { foreign: 'TIFF', instead: fromScanner }],
  [[from(0, [0x4d, 0x4d, 0x00, 0x2a])], { foreign: 'TIFF', instead: fromScanner }],
  [[from(0, [0x49, 0x49, 0x2b, 0x00])], { foreign: 'TIFF', instead: fromScanner }],
  [[from(0, [0x4d, 0x4d, 0x00, 0x2b])], { foreign: 'TIFF', instead: fromScanner }],
  [[from(4, 'ftypavif')], { foreign: 'AVIF', instead: asPng }],
  [[from(4, 'ftypavis')], { foreign: 'AVIF', instead: asPng }],
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].map(
    (brand) => [[from(4, `ftyp${brand}`)], { foreign: 'HEIC', instead: fromPhone }] as const,
  ),
  [[from(0, '%PDF-')], { foreign: 'PDF', instead: 'Save the page as PNG, or take a screenshot of it.' }],
  [[from(4, 'jP  \r\n')], { foreign: 'JPEG 2000', instead: asPng }],
  [[from(0, [0xff, 0x4f, 0xff, 0x51])], { foreign: 'JPEG 2000', instead: asPng }],
  [[from(0, [0xff, 0x0a])], { foreign: 'JPEG XL', instead: asPng }],
  [[from(4, 'JXL \r\n')], { foreign: 'JPEG XL', instead: asPng }],
  [[from(0, '8BPS')], { foreign: 'Photoshop', instead: asPng }],
  [[from(0, [0, 0, 1, 0])], { foreign: 'icon', instead: asPng }],
  [[from(0, 'PK\u0003\u0004')], { foreign: 'ZIP', instead: 'Unpack it, and take the files in it.' }],
];

/** Bytes of a file's beginning that `fileKind` wants. */
export const kindLength = 16;

/**
 * What a file is, by its first bytes; null where it is neither a picture nor pages. What begins like text is
 * text, but for PDF.
 */
export function fileKind(head: Uint8Array): FileKind | null {
  const found = formats.find(([beginnings]) =>
    beginnings.every(({ at, bytes: wanted }) => wanted.every((byte, i) => head[at + i] === byte)),
  );
  if (found !== undefined) return found[1];
  return isSvg(head) ? { foreign: 'SVG', instead: asPng } : null;
}

const isSvg = (head: Uint8Array): boolean =>
  String.fromCharCode(...head.subarray(0, kindLength))
    .trimStart()
    .startsWith('<svg');

/** The sentence for a format that is not read here. */
export const foreignKind = ({ foreign, instead }: { foreign: string; instead: string }): string =>
  `It is ${/^[AEIO]/i.test(foreign) ? 'an' : 'a'} ${foreign} file, which is not read here. ${instead}`;

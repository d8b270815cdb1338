/** The bytes as the codecs take them. They are copied only where they are a part of a larger buffer. */
export function wholeBuffer(file: Uint8Array): ArrayBuffer {
  const { buffer } = file;
  return buffer instanceof ArrayBuffer && buffer.byteLength === file.length
    ? buffer
    : new Uint8Array(file).buffer;
}

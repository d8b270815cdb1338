/** Bytes of a `data:…;base64,…` URL: how Vite puts a `.wasm` into a bundle, so that nothing is fetched. */
export function bytesOfDataUrl(url: string): ArrayBuffer {
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

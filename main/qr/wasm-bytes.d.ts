/** Vite puts the file's bytes into the bundle, as a data URL. */
declare module '*.wasm?url&inline' {
  const dataUrl: string;
  export default dataUrl;
}

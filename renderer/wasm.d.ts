declare module '*.wasm?url' {
  /** Address of the file among the app's own assets. */
  const address: string;
  export default address;
}

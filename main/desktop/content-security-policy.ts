/**
 * What a screen may load: its own files, and pictures it has itself in memory. It goes out as a response
 * header with every file, so that no markup comes before it.
 */
const directives: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  // zxing, which reads QR codes, is WebAssembly: this allows compiling it, not `eval`.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  // A picture of a QR code that a person dropped or chose is shown from memory.
  'img-src': "'self' blob: data:",
  'media-src': 'blob:',
  // The reader's own .wasm file.
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ');

/** What a page that is only to be printed may load: its style sheet and pictures, made in memory with it. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * What a page may ask for at all, before anybody is asked for a permission: asking for a USB device ends an
 * older Electron where the system has none, whatever the answer would be.
 */
export const permissionsPolicy = [
  'camera=(self)',
  'fullscreen=(self)',
  ...[
    ...['microphone', 'geolocation', 'display-capture', 'midi', 'usb', 'hid', 'serial', 'bluetooth'],
    ...[
      'payment',
      'clipboard-read',
      'local-fonts',
      'idle-detection',
      'screen-wake-lock',
      'window-management',
    ],
    ...['accelerometer', 'gyroscope', 'magnetometer', 'encrypted-media', 'publickey-credentials-get'],
  ].map((name) => `${name}=()`),
].join(', ');

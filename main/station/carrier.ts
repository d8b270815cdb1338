/** By which way a message came in or goes out at a window, for the transcript. */
export type Carrier = 'qr' | 'file' | 'paste';

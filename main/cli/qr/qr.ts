import type { CommandGroup } from '../parts/command-tree';

/** `airlock qr`: codes for a machine without a window or a camera. */
export const qr: CommandGroup = {
  name: 'qr',
  summary: 'show messages as QR codes, and read them from pictures',
  commands: [
    {
      name: 'show',
      takes: '<file>',
      summary: 'show a message as QR codes: in the terminal, or as pictures',
      load: async () => (await import('./show')).defineQrShow,
    },
    {
      name: 'read',
      takes: '<image...>',
      summary: 'read a message from pictures of its codes, in any order',
      load: async () => (await import('./read')).defineQrRead,
    },
  ],
};

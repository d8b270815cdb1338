import type { Session } from 'electron';
import { isOwnAddress } from './own-address';

interface Allowance {
  readonly why: string;
  /** Which of the kinds of media it covers, where the permission is for media. */
  readonly media?: 'video';
}

/** Everything a screen may ask for. What is not in this table is denied. */
const allowed: Readonly<Record<string, Allowance>> = {
  media: { why: 'The camera reads QR codes. Never the microphone.', media: 'video' },
  fullscreen: { why: 'A QR code as large as the screen reads from further away.' },
};

/** Whether the page at `url` gets a permission; `media` names the kinds of device asked for, if any. */
export function isAllowedPermission(permission: string, url: string, media: readonly string[]): boolean {
  const allowance = Object.hasOwn(allowed, permission) ? allowed[permission] : undefined;
  if (!allowance || !isOwnAddress(url)) return false;
  return (
    allowance.media === undefined || (media.length > 0 && media.every((kind) => kind === allowance.media))
  );
}

/** Denies every permission and device but those of the table, to everyone but the app's own pages. */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    callback(details.isMainFrame && isAllowedPermission(permission, details.requestingUrl, media));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    // Chromium gives the bare origin here, with or without the slash.
    isAllowedPermission(
      permission,
      `${origin.replace(/\/$/, '')}/`,
      details.mediaType ? [details.mediaType] : [],
    ),
  );
  session.setDevicePermissionHandler(() => false);
}

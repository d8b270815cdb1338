import { ageNotice } from '../../../shared/ipc/electron-support';

/** Said once a start, before anybody is at work: that what this app is built on is no longer mended. */
export function Age({ electron }: { readonly electron: string | null }) {
  const notice = electron === null ? null : ageNotice(electron, new Date());
  return notice === null ? null : <p className="quiet">{notice}</p>;
}

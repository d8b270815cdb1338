import { useNow } from '../../parts/now';

/** How long the token has been alive at least, since its result was taken in: 00:03:12, or 51:03:12. */
export function AliveFor({ since }: { readonly since: string }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(since)) / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (
    <span className="words clock" role="timer">
      {parts.map((part) => String(part).padStart(2, '0')).join(':')}
    </span>
  );
}

import { shortText } from '../../../shared/input/short-values';
import { LiveTokenError } from './live-token-error';

/**
 * An accessor as a person gives it: 24 characters, or a UUID of older servers, and in a namespace of OpenBao
 * a point and the namespace's id behind it. Throws `LiveTokenError` 'no-accessor'; the text is in no error.
 */
export function accessorIn(text: string): string {
  const accessor = shortText(text);
  if (/^(?:hv[sbr]|[sbr])\./.test(accessor)) {
    throw new LiveTokenError(
      'no-accessor',
      'This is a token, and no accessor. Whatever was typed as an argument is also in the history of the shell: delete it there, and have the token revoked. The token itself is never given as an argument.',
    );
  }
  if (!/^[0-9A-Za-z._-]{1,120}$/.test(accessor)) {
    throw new LiveTokenError(
      'no-accessor',
      'This is no accessor: those have letters, digits, “-”, “_” and “.” only. Take it from the list of the sweep.',
    );
  }
  return accessor;
}

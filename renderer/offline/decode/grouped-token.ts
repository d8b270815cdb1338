import { tokenGroups } from '../../../shared/token/token-groups';

/**
 * The token in groups, for reading aloud or typing. The gaps between them are no characters: the text stays
 * the token as it is.
 */
export function groupedToken(token: string): Node {
  const all = document.createDocumentFragment();
  for (const group of tokenGroups(token)) {
    const element = document.createElement('span');
    element.className = 'token-group';
    element.textContent = group;
    all.append(element);
  }
  return all;
}

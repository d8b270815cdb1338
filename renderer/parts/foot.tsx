import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';

/** The element at the bottom of the step; null before it is there. */
export const FootElement = createContext<HTMLElement | null>(null);

/**
 * What can be done at a step: in the row below what scrolls, so that it is always in sight, wherever it is
 * written.
 */
export function Foot({ children }: { readonly children: ReactNode }) {
  const element = useContext(FootElement);
  return element === null ? null : createPortal(children, element);
}

import { useEffect } from 'react';
import { create } from 'zustand';

/** How many dialogs stand over the window now. */
const useCount = create<{ readonly open: number }>(() => ({ open: 0 }));

/** Whether a dialog stands over the window: what moves below it stops meanwhile. */
export const useIsCovered = (): boolean => useCount(({ open }) => open > 0);

/** For a dialog: it covers the window for as long as it is there. */
export function useCovers(): void {
  useEffect(() => {
    useCount.setState(({ open }) => ({ open: open + 1 }));
    return () => useCount.setState(({ open }) => ({ open: open - 1 }));
  }, []);
}

import { create } from 'zustand';

/** Whether the custodian went from home to their shares. */
export const useCustody = create<{ readonly open: boolean }>(() => ({ open: false }));

export const openCustody = (open: boolean): void => useCustody.setState({ open });

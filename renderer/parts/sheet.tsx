import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useCovers } from './overlays';

export interface SheetProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Called on Escape. Without it the sheet stays until one of its buttons was pressed. */
  readonly onClose?: () => void;
  /** Interrupts: a decision is needed now. */
  readonly urgent?: boolean;
}

/** A dialog over the window. It keeps the focus inside and gives it back when it closes. */
export function Sheet({ title, children, onClose, urgent = false }: SheetProps) {
  useCovers();
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isKeyboardDismissDisabled={onClose === undefined}
      onOpenChange={(open) => {
        if (!open) onClose?.();
      }}
    >
      <Modal className="sheet">
        <Dialog role={urgent ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

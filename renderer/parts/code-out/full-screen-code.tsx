import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { QrPicture } from './qr-picture';

export interface FullScreenCodeProps {
  readonly title: string;
  readonly text: string;
  /** The line under it. */
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Height of the line under a code that fills the window, CSS pixels. */
const foot = 150;

/** The code as large as the window, on white from edge to edge: more light, fewer reflections. */
export function FullScreenCode({ title, text, children, onClose }: FullScreenCodeProps) {
  const side = useRoom();
  useWholeScreen(onClose);
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal>
        <Dialog className="code-full" aria-label={title}>
          <div data-testid="code-out">
            <QrPicture text={text} side={side} label={`QR code: ${title}`} />
          </div>
          <div className="code-foot">
            {children}
            <span>Turn the screen to full brightness.</span>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * Takes the whole screen, where the system lets it; leaving it with the system's own key closes the code too.
 */
function useWholeScreen(onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const listener = () => {
      if (document.fullscreenElement === null) close.current();
    };
    void document.documentElement.requestFullscreen().catch(() => undefined);
    document.addEventListener('fullscreenchange', listener);
    return () => {
      document.removeEventListener('fullscreenchange', listener);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    };
  }, []);
}

function useRoom(): number {
  const [room, setRoom] = useState(measure);
  useEffect(() => {
    const listener = () => setRoom(measure());
    window.addEventListener('resize', listener);
    return () => window.removeEventListener('resize', listener);
  }, []);
  return room;
}

function measure(): number {
  return Math.max(120, Math.min(window.innerWidth - 16, window.innerHeight - foot));
}

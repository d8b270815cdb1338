import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button';
import { useCovers } from './overlays';

/** Words to compare by voice, with a view in large type for people across the table. */
export function Words({ words, of }: { readonly words: string; readonly of: string }) {
  const [large, setLarge] = useState(false);
  return (
    <span className="words">
      {words}{' '}
      <Button kind="key" label={`Large type: ${of}`} onPress={() => setLarge(true)}>
        Aa
      </Button>
      {large ? <LargeWords words={words} of={of} onClose={() => setLarge(false)} /> : null}
    </span>
  );
}

interface LargeWordsProps {
  readonly words: string;
  readonly of: string;
  readonly onClose: () => void;
}

function LargeWords({ words, of, onClose }: LargeWordsProps) {
  useCovers();
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal>
        <Dialog className="large-words">
          <Heading slot="title" level={2}>
            {of}
          </Heading>
          <ol>
            {words.split(' ').map((word, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a word may be there twice, and none ever moves
              <li key={index}>{word}</li>
            ))}
          </ol>
          <Button kind="quiet" onPress={onClose}>
            Close
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

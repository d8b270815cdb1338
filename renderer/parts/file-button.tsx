import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from './button';

export interface FileButtonProps {
  readonly children: ReactNode;
  readonly several?: boolean;
  readonly onFiles: (files: File[]) => void;
  readonly kind?: 'primary' | 'quiet';
  /** As a button's. */
  readonly label?: string;
}

/** A button that asks for one or several files. */
export function FileButton({ children, several = false, onFiles, kind = 'quiet', label }: FileButtonProps) {
  return (
    <FileTrigger allowsMultiple={several} onSelect={(files) => files !== null && onFiles([...files])}>
      <Button kind={kind} {...(label === undefined ? {} : { label })}>
        {children}
      </Button>
    </FileTrigger>
  );
}

import type { ReactNode } from 'react';
import type { Answer } from '../../shared/ipc/channels';
import { call } from '../bridge';
import { CodeIn } from '../parts/code-in/code-in';
import type { Intake, Taken } from '../parts/code-in/intake';
import { refresh, useAppStore } from './app-store';

async function taken(answer: Answer<'code.receive'>): Promise<Taken> {
  // A part changes nothing but the parts read, and the main process tells of those by itself.
  if (!answer.ok || answer.value.status === 'taken') await refresh();
  if (answer.ok) return answer.value;
  const { code, message } = answer.error;
  return { status: 'refused', message, secret: code === 'share-in-clear' };
}

const intake: Intake = {
  text: async (text, carrier) => taken(await call('code.receive', { text, carrier })),
  file: async (bytes) => taken(await call('code.file', { bytes })),
};

const reset = () => void call('code.reset', {}).then(refresh);

/** The way in for messages to this laptop. */
export function TakeCode({ what, children }: { readonly what: string; readonly children?: ReactNode }) {
  const reading = useAppStore((store) => store.state?.reading ?? null);
  return (
    <CodeIn what={what} intake={intake} reading={reading} onReset={reset}>
      {children}
    </CodeIn>
  );
}

import type { CommonAnswer } from '../../../shared/ipc/common-channels';
import { call } from '../bridge/bridge';
import { refresh, useCommonState } from '../bridge/mirrored-state';
import { CodeIn } from '../code-in/code-in';
import type { Intake, Taken } from '../code-in/intake';
import { setMet, useMet } from '../people/met';

async function taken(answer: CommonAnswer<'code.receive'>): Promise<Taken> {
  // A part changes nothing but the parts read, and the main process tells of those by itself.
  if (!answer.ok || answer.value.status === 'taken') await refresh();
  if (answer.ok) return answer.value;
  const { code, message } = answer.error;
  return { status: 'refused', message, secret: code === 'share-in-clear' };
}

const intake: Intake = {
  text: async (text, carrier) => {
    setMet(null);
    return taken(await call('code.receive', { text, carrier }));
  },
  file: async (bytes) => {
    setMet(null);
    return taken(await call('code.file', { bytes }));
  },
};

/** Null, too, where a window asks that is about to give way to a new one: that one gets the file. */
async function opened(): Promise<File | Taken | null> {
  const answer = await call('code.opened', {});
  if (!answer.ok)
    return answer.error.code.startsWith('file-')
      ? { status: 'refused', message: answer.error.message }
      : null;
  if (answer.value === null) return null;
  const { name, bytes } = answer.value;
  return new File([bytes], name);
}

const reset = () => void call('code.reset', {}).then(refresh);

export interface TakeCodeProps {
  readonly what: string;
  /** The screen is about something else: its one primary action is another. */
  readonly aside?: boolean;
  /** Several come one after the other: the camera stays on. */
  readonly several?: boolean;
}

/** The way in for messages to this laptop. */
export function TakeCode({ what, aside = false, several = false }: TakeCodeProps) {
  const reading = useCommonState((store) => store.state?.reading ?? null);
  const ceremony = useCommonState((store) => store.state?.ceremony?.id ?? null);
  const met = useMet((store) => (store.met?.ceremony === ceremony ? store.met : null));
  return (
    <CodeIn
      what={what}
      intake={intake}
      opened={opened}
      reading={reading}
      became={met}
      onBegin={() => setMet(null)}
      aside={aside}
      several={several}
      onReset={reset}
    />
  );
}

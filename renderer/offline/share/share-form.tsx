import { type ReactNode, useState } from 'react';
import type { Answer } from '../../../shared/ipc/channels';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { isAnotherShare, Rekeyed } from './rekeyed';
import type { ShareCall, ShareEntry } from './share-call';

/** Entering a share, and again as the new share of a server that was rekeyed, where it isn't the one known here. */
export interface ShareAttempt {
  readonly enter: ShareCall;
  readonly run: (entry: ShareEntry) => Promise<Answer<'custodian.share'>>;
  /** The question about rekeying, where it has to be asked. */
  readonly question: ReactNode;
}

export function useShareAttempt(enter: ShareCall): ShareAttempt {
  const [another, setAnother] = useState(false);
  const [rekeyed, setRekeyed] = useState(false);
  return {
    enter,
    run: async (entry) => {
      const answer = await enter.run(rekeyed ? { ...entry, replacesRecorded: true } : entry);
      setAnother(isAnotherShare(answer));
      return answer;
    },
    question: another ? <Rekeyed on={rekeyed} onChange={setRekeyed} /> : null,
  };
}

export interface ShareFormProps {
  readonly attempt: ShareAttempt;
  /** A refused share stays in its fields, covered, to be corrected. */
  readonly onSubmit: () => Promise<void>;
  readonly onInput?: () => void;
  /** On the button while the share is being checked. */
  readonly busyText?: string;
  readonly children: ReactNode;
  readonly after?: ReactNode;
}

/** The form that every kind of share is entered in, around its fields. */
export function ShareForm(props: ShareFormProps) {
  const { enter, question } = props.attempt;
  return (
    <form
      onInput={props.onInput}
      onSubmit={(event) => {
        event.preventDefault();
        void props.onSubmit();
      }}
    >
      {props.children}
      {question}
      <div className="row">
        <Button submit busy={enter.busy}>
          {enter.busy ? (props.busyText ?? 'Check the share') : 'Check the share'}
        </Button>
      </div>
      <Problem text={enter.problem} />
      {props.after}
    </form>
  );
}

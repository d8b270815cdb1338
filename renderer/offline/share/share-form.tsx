import { type ReactNode, useState } from 'react';
import type { Answer } from '../../../shared/ipc/offline/channels';
import { Button } from '../../parts/button';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { Problem } from '../../parts/problem';
import { AnotherShare, isAnotherShare, type WhyAnother } from './another-share';
import type { ShareCall, ShareEntry } from './share-call';

/** Entering a share, and again with the reason why it is another than the one known here. */
export interface ShareAttempt {
  readonly enter: ShareCall;
  readonly run: (entry: ShareEntry) => Promise<Answer<'custodian.share'>>;
  /** The question why it is another, where it has to be asked. */
  readonly question: ReactNode;
}

export function useShareAttempt(enter: ShareCall): ShareAttempt {
  const [another, setAnother] = useState(false);
  const [why, setWhy] = useState<WhyAnother>('typo');
  return {
    enter,
    run: async (entry) => {
      const answer = await enter.run(why === 'typo' ? entry : { ...entry, replacesRecorded: why });
      const stillAnother = isAnotherShare(answer);
      setAnother(stillAnother);
      // A reason that is no longer on the screen is no longer given.
      if (!stillAnother) setWhy('typo');
      return answer;
    },
    question: another ? <AnotherShare why={why} onChange={setWhy} /> : null,
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
    <Form onInput={props.onInput} onSubmit={() => void props.onSubmit()}>
      {props.children}
      <Problem text={enter.problem} />
      {question}
      <Foot>
        <Button submit busy={enter.busy}>
          {enter.busy ? (props.busyText ?? 'Check the share') : 'Check the share'}
        </Button>
      </Foot>
      {props.after}
    </Form>
  );
}

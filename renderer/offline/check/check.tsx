import { useState } from 'react';
import { shareKindName } from '../../../shared/ceremony/share-kind';
import { serverName, why } from '../../../shared/ceremony/shown-names';
import { tokenMinutesSentence } from '../../../shared/ceremony/token-minutes';
import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Checks } from '../../parts/checks';
import { TakeCode } from '../../parts/crossing/take-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { WhatIs } from '../../parts/help/what-is';
import { More } from '../../parts/more';
import { PlannedTasks } from '../../parts/planned-tasks';
import { Problem } from '../../parts/problem';
import { focusTitle, Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { SomethingDiffers } from './something-differs';

/** The custodian holds the attempt against what was agreed, before anything else. */
export function Check({ ceremony }: { readonly ceremony: CustodianView }) {
  const check = useCall('custodian.check');
  const [differs, setDiffers] = useState(false);
  // Kept here, so that looking again at the facts loses nothing of what was typed.
  const [difference, setDifference] = useState('');
  const others = ceremony.required - 1;
  const kind = shareKindName(ceremony.server.shareKind);
  const doubtful = ceremony.checks.some(({ ok }) => !ok);
  return (
    <Step
      title="Is this the ceremony you agreed to?"
      lead="Your share works once, for this attempt only. Compare the words with the officer by voice, not by message."
      aside={
        <>
          <Card title="What happens next">
            <ul>
              <li>You enter your share here. It stays on this laptop.</li>
              <li>
                It is sealed to <b>{ceremony.station}</b>, so whoever carries the code can't read it.
              </li>
              {others > 0 ? (
                <li>
                  {others} other {others === 1 ? 'custodian does' : 'custodians do'} the same.
                </li>
              ) : null}
            </ul>
          </Card>
          {ceremony.tasks.length === 0 ? null : (
            <Card title="What it will be used for">
              <PlannedTasks tasks={ceremony.tasks} />
            </Card>
          )}
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <Facts
        facts={[
          [
            'Asked by',
            <span key="by">
              {ceremony.askedBy.name}, {ceremony.askedBy.role}, key{' '}
              <code>{ceremony.askedBy.fingerprint.slice(0, 9)}</code>
            </span>,
          ],
          ['Why', why(ceremony.purpose, ceremony.ticket)],
          ['Asked for', tokenKindWords(ceremony.tokenKind).one],
          ['What it can do', tokenKindSentence(ceremony.tokenKind, ceremony.server.namespace)],
          ['In hand', tokenMinutesSentence(ceremony.tokenMinutes)],
          ['Server', `${serverName(ceremony.server)} · ${ceremony.server.address}`],
          [
            'Result goes to',
            ceremony.resultKey === null ? (
              'the officer, by one-time password'
            ) : (
              <span key="key">
                PGP key <code>{ceremony.resultKey}</code>
              </span>
            ),
          ],
          ['Shares', `${ceremony.progress} of ${ceremony.required} so far${kind === '' ? '' : `, ${kind}`}`],
          [
            'Attempt words',
            <span key="words">
              <Words words={ceremony.attemptWords} of="Words of the attempt" /> <WhatIs term="attempt" />
            </span>,
          ],
        ]}
      />
      <Checks checks={ceremony.checks} />
      {differs ? (
        <SomethingDiffers
          difference={difference}
          onChange={setDifference}
          onBack={() => {
            setDiffers(false);
            focusTitle();
          }}
        />
      ) : (
        <>
          <Foot>
            <Button
              kind={doubtful ? 'quiet' : 'primary'}
              busy={check.busy}
              onPress={() => void check.run({ matches: true, difference: '' })}
            >
              The words match
            </Button>
            <Button kind={doubtful ? 'alarm' : 'quiet'} onPress={() => setDiffers(true)}>
              Something is different
            </Button>
          </Foot>
          <p className={doubtful ? 'problem' : 'quiet'}>
            {doubtful
              ? 'A check does not hold. Ask the officer about it before anything else. '
              : 'If the words differ, release nothing. '}
            The difference goes into the transcript.
          </p>
        </>
      )}
      <Problem text={check.problem} />
      <More title="This attempt was cancelled, and a new one was agreed on">
        <TakeCode what="the new attempt’s code" aside />
      </More>
    </Step>
  );
}

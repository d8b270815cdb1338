import type { SentView } from '../../../shared/ipc/offline/officer';
import { Facts } from '../../parts/facts';
import { WhatIs } from '../../parts/help/what-is';
import { Compared } from '../../parts/sign-off/compared';
import { Words } from '../../parts/words';

/** The attempt that the server has open for this ceremony. */
export function AttemptFacts({ attempt }: { readonly attempt: NonNullable<SentView['attempt']> }) {
  return (
    <>
      <Facts
        facts={[
          ['Started by', attempt.station],
          ['Shares', `${attempt.progress} of ${attempt.required} when this code was made`],
          [
            'Nonce',
            <span key="nonce">
              <code>{attempt.nonce}</code> <WhatIs term="nonce" />
            </span>,
          ],
          ['Attempt words', <Words key="words" words={attempt.words} of="Words of the attempt" />],
        ]}
      />
      <Compared key={attempt.words} what="attempt" words={attempt.words} />
    </>
  );
}

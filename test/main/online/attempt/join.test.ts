import { expect } from 'vitest';
import { signMessage } from '../../../../shared/message/wire';
import { test } from '../fixtures';
import { random } from '../stage';

test('an attempt message that answers another start message than it carries is not joined', async ({
  operator,
  other,
  started: { attempt },
}) => {
  const twisted = await signMessage(
    { ...attempt.message.envelope, prev: random(32) },
    operator.identity.privateKey,
  );
  await expect(other.station.join(twisted)).rejects.toMatchObject({ code: 'other-start' });
});

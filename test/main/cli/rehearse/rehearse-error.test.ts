import { expect, test } from 'vitest';
import { stepFailed } from '../../../../main/cli/rehearse/rehearse-error';

test('a step of a rehearsal that went wrong is named, with what to do', () => {
  expect(stepFailed('the server does not know the token')).toMatchObject({
    code: 'step-failed',
    message: expect.stringMatching(/^The rehearsal stopped: the server does not know the token\. .*find out/),
  });
});

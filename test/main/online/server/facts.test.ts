import { expect, test } from 'vitest';
import { ServerClient } from '../../../../main/online/server/client';
import { surveyServer } from '../../../../main/online/server/facts';
import { startFake } from '../proxy';

test('a server that refuses for a reason of its own is quoted, in one line', async () => {
  const { address } = await startFake((request, _body, response) => {
    const body = request.url?.startsWith('/v1/sys/generate-root')
      ? { errors: ['storage is\n\u001b[31mfull'] }
      : { initialized: true, sealed: false, t: 1, n: 1 };
    response
      .writeHead('errors' in body ? 500 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  });
  const error = await surveyServer(new ServerClient({ address })).catch((each: unknown) => each);
  expect(error).toMatchObject({
    code: 'server-error',
    message: expect.stringContaining('storage is [31mfull'),
  });
});

test('a server that does not tell its time cannot be trusted with a key', async () => {
  const { address } = await startFake((_request, _body, response) => {
    response.sendDate = false;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"initialized":true,"sealed":false,"required":1,"t":1,"n":1}');
  });
  await expect(surveyServer(new ServerClient({ address }))).rejects.toMatchObject({ code: 'no-clock' });
});

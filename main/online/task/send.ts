import type { TaskRequest } from '../../../shared/task/task-request';
import { readAnswer } from '../server/answer';
import type { RawAnswer, ServerClient } from '../server/client';
import { requestTask } from '../server/requests';
import { ServerError, type ServerErrorCode } from '../server/server-error';

/** What came of one request of a task. The answer's body may hold a secret: the caller wipes it. */
export type Sent =
  | { readonly kind: 'done'; readonly raw: RawAnswer }
  /** Nothing was done: the request never left, or the server said no. `reason`: a sentence. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may have been done. `complained`: the server itself spoke of an error. */
  | { readonly kind: 'lost'; readonly reason: string; readonly complained: boolean };

/** After these nothing tells what the server did. After all others the request never reached it. */
const afterSending: ReadonlySet<ServerErrorCode> = new Set<ServerErrorCode>([
  'connection-lost',
  'timeout',
  'answer-too-large',
  'not-a-server',
]);

/** Sends one request with the token (ASCII, the caller's to wipe). Never throws for what the server does. */
export async function sendTask(
  client: ServerClient,
  token: Uint8Array,
  { method, path, body }: Pick<TaskRequest, 'method' | 'path' | 'body'>,
): Promise<Sent> {
  try {
    const raw = await requestTask(client, token, method, path, body);
    return judged(raw, client.address);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    const reason = error.message;
    return afterSending.has(error.code)
      ? { kind: 'lost', reason, complained: false }
      : { kind: 'refused', reason };
  }
}

/**
 * A success whose body is an object, or nothing, is the server's. Of all else the words are read: the body of
 * a success isn't turned into text here, for it may hold a token.
 */
function judged(raw: RawAnswer, address: string): Sent {
  const { status, body, contentType } = raw;
  const first = body.find((byte) => byte > 0x20);
  if (
    status >= 200 &&
    status <= 299 &&
    !/html/i.test(contentType) &&
    (first === undefined || first === OBJECT)
  )
    return { kind: 'done', raw };
  // Throws where a web page came: something between this station and the server has answered.
  const { complaint } = readAnswer(raw, address);
  const said = complaint === '' ? `status ${status}, without a word` : complaint;
  if (status >= 400 && status <= 499) return { kind: 'refused', reason: `The server refused it: ${said}` };
  return { kind: 'lost', reason: `The server answered: ${said}`, complained: complaint !== '' };
}

const OBJECT = 0x7b;

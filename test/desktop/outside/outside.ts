import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Addresses for documentation (RFC 5737, RFC 3849): they are nobody's, and all of them lie outside. */
export const OUTSIDE = '198.51.100.7';
export const OUTSIDE_V6 = '2001:db8:7::7';

/** Where enter.sh lets names be asked: resolv.conf. */
const RESOLVER = '127.0.0.53';
const DNS = 53;

/** What went out since the last look. */
interface Traffic {
  readonly packets: number;
  /** Names that were asked for, each time. */
  readonly names: readonly string[];
}

export const NOTHING: Traffic = { packets: 0, names: [] };

/** All that is not this machine, for whoever runs where enter.sh leads: every packet to it is counted. */
export interface Outside {
  look(): Traffic;
  close(): Promise<void>;
}

/** Null where there is no such place: `npm test` says whether it made one (test/system/no-network.mjs). */
export async function openOutside(): Promise<Outside | null> {
  if (!process.env['AIRLOCK_TEST_OUTSIDE']) return null;
  // Node's report of itself, by which libsql learns what system it is on, asks for the names of all addresses
  // of this process: the resolver's would count as one that went out.
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true;
  let names: string[] = [];
  const resolver = createSocket('udp4');
  resolver.on('message', (question, from) => {
    names.push(nameIn(question));
    resolver.send(answerTo(question), from.port, from.address);
  });
  resolver.bind(DNS, RESOLVER);
  await once(resolver, 'listening');
  let before = packetsOut();
  return {
    look() {
      const now = packetsOut();
      const traffic = { packets: now - before, names };
      before = now;
      names = [];
      return traffic;
    },
    close: () => closed(resolver),
  };
}

async function closed(socket: Socket): Promise<void> {
  socket.close();
  await once(socket, 'close');
}

/** Packets that left by the way out since there is one, as the kernel counts them. */
function packetsOut(): number {
  const line = /^ *outside: *(.+)$/m.exec(readFileSync('/proc/self/net/dev', 'utf8'))?.[1];
  // Eight numbers for what came in, then bytes and packets that went out.
  const packets = Number(line?.split(/ +/)[9]);
  if (!Number.isInteger(packets)) throw new Error('there is no way out that counts');
  return packets;
}

/** Bytes of a DNS message before its question. */
const HEAD = 12;
const [TYPE_A, CLASS_IN, A_MINUTE] = [1, 1, 60];

/** The name that a DNS message asks for, with its dots (RFC 1035, 4.1.2). */
function nameIn(message: Buffer): string {
  const labels: string[] = [];
  for (let at = HEAD; (message[at] ?? 0) > 0; at += 1 + (message[at] ?? 0))
    labels.push(message.toString('latin1', at + 1, at + 1 + (message[at] ?? 0)));
  return labels.join('.');
}

/** Whatever is asked for lies outside, so that whoever asks goes on, and is counted there as well. */
function answerTo(question: Buffer): Buffer {
  const end = question.indexOf(0, HEAD) + 5;
  const head = Buffer.from(question.subarray(0, HEAD));
  const isA = question.readUInt16BE(end - 4) === TYPE_A;
  // An answer, recursion is to be had; as many answers as follow, and no other records.
  head.writeUInt16BE(0x8180, 2);
  [1, isA ? 1 : 0, 0, 0].forEach((count, i) => {
    head.writeUInt16BE(count, 4 + 2 * i);
  });
  const asked = question.subarray(HEAD, end);
  if (!isA) return Buffer.concat([head, asked]);
  const answer = Buffer.alloc(12);
  // The name is the one at the question.
  answer.writeUInt16BE(0xc000 + HEAD, 0);
  answer.writeUInt16BE(TYPE_A, 2);
  answer.writeUInt16BE(CLASS_IN, 4);
  answer.writeUInt32BE(A_MINUTE, 6);
  answer.writeUInt16BE(4, 10);
  return Buffer.concat([head, asked, answer, Buffer.from(OUTSIDE.split('.').map(Number))]);
}

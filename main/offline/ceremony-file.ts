import type { z } from 'zod';
import { fromHex, toHex } from '../../shared/bytes';
import type { MessageType } from '../../shared/message/body';
import { type SignedMessage, wireBytes } from '../../shared/message/wire';
import type { Carrier } from '../station/carrier';
import type { StationContext } from '../station/context';
import { StationError } from '../station/station-error';
import type { CeremonyPaths } from '../store/home';
import { openCeremonyJournal, standingMessages } from '../store/home-journal';
import type { Journal } from '../store/journal';
import { readKept } from '../store/kept-message';
import { writeMessageFile } from '../store/message-file';
import { readState, writeState } from '../store/state-file';

/** One ceremony on this station: its state, its journal and its messages, on disk. */
export class CeremonyFile<S extends { readonly id: string }> {
  private constructor(
    readonly paths: CeremonyPaths,
    readonly journal: Journal,
    private readonly schema: z.ZodType<S>,
    private current: S,
  ) {}

  /**
   * Makes the folder and the journal of a ceremony that is new here. Its state is on disk from the first
   * `become`.
   */
  static create<S extends { readonly id: string }>(
    context: StationContext,
    schema: z.ZodType<S>,
    state: S,
    rehearsal: boolean,
  ): CeremonyFile<S> {
    const paths = context.home.makeCeremony(state.id);
    return new CeremonyFile(paths, openJournal(context, state.id, rehearsal), schema, state);
  }

  /**
   * Opens one that lies on disk. `id`: hex. Throws `StationError` 'no-ceremony', and `StoreError` where its
   * state or journal is damaged.
   */
  static open<S extends { readonly id: string }>(
    context: StationContext,
    schema: z.ZodType<S>,
    id: string,
    rehearsal: (state: S) => boolean,
  ): CeremonyFile<S> {
    const paths = context.home.ceremony(id);
    const state = readState(paths.state, schema);
    if (state === null) throw new StationError('no-ceremony', 'This laptop has no such ceremony.');
    return new CeremonyFile(paths, openJournal(context, id, rehearsal(state)), schema, state);
  }

  get state(): S {
    return this.current;
  }

  /**
   * Replaces the state, on disk first. Throws `StoreError` 'state-unwritable', and then nothing has changed.
   */
  become(next: S): void {
    writeState(this.paths.state, this.schema.parse(next));
    this.current = next;
  }

  /** Records a message on its way out, then keeps it, so that it can be shown again after a restart. */
  send(message: SignedMessage, carrier: Carrier): void {
    const digest = toHex(message.digest);
    this.journal.append('message-sent', { type: message.envelope.type, digest, carrier });
    writeMessageFile(this.paths.message(digest), wireBytes(message));
  }

  /**
   * Records that a message no longer counts. It was made to be shown, and the other side need never have seen
   * it.
   */
  withdraw(type: MessageType, digest: string, reason: string): void {
    this.journal.append('message-withdrawn', { type, digest, reason });
  }

  /**
   * Digests (hex) of a type's messages that were sent and still count. A crash may have left one of them
   * behind.
   */
  standing(type: MessageType): string[] {
    return standingMessages(this.journal, type);
  }

  /** Withdraws all of them. */
  withdrawAll(type: MessageType, reason: string): void {
    for (const digest of this.standing(type)) this.withdraw(type, digest, reason);
  }

  /** Records a message that came in, and keeps it. */
  receive(message: SignedMessage, carrier: Carrier, from: Uint8Array): void {
    const digest = toHex(message.digest);
    this.journal.append('message-received', {
      type: message.envelope.type,
      digest,
      from: toHex(from),
      carrier,
    });
    writeMessageFile(this.paths.message(digest), wireBytes(message));
  }

  /** A message kept here, by its digest (hex). Throws `StationError` 'no-message', `HomeFinding`. */
  message<T extends MessageType>(digest: string, type: T): SignedMessage<T> {
    const message = readKept(this.paths, digest, type);
    if (message !== null) return message;
    throw new StationError(
      'no-message',
      `The ${type} message of this ceremony is missing from this laptop's disk.`,
    );
  }

  get idBytes(): Uint8Array {
    return fromHex(this.current.id);
  }
}

const openJournal = (context: StationContext, id: string, rehearsal: boolean): Journal =>
  openCeremonyJournal(context.home, id, { ...context, identity: context.identity(), rehearsal });

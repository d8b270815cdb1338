import { toHex } from '../../shared/bytes';
import type { StationContext } from '../station/context';
import { StationError } from '../station/station-error';
import { readCeremony } from './ceremony-list';
import { CustodianDesk } from './custodian/desk';
import { OfficerDesk } from './officer/desk';

/** One ceremony, from the side of whoever is at this laptop. */
export type Desk = OfficerDesk | CustodianDesk;

/** The ceremony that is open at this laptop. There is one at a time, or none. */
export class OpenCeremony {
  private desk: Desk | null = null;

  constructor(private readonly context: StationContext) {}

  /** Null where none is open. */
  get current(): Desk | null {
    return this.desk;
  }

  /** Its id in hex, or null where none is open. */
  get id(): string | null {
    return this.desk === null ? null : toHex(this.desk.file.idBytes);
  }

  /** Begins a new one, at its plan. Throws as `OfficerDesk.begin` does. */
  begin(rehearsal: boolean): void {
    this.desk = OfficerDesk.begin(this.context, rehearsal);
  }

  /** Opens one that lies on disk. `id`: hex. Throws `StationError` 'no-ceremony', `StoreError`. */
  open(id: string): void {
    this.desk =
      readCeremony(this.context.home, id)?.role === 'custodian'
        ? CustodianDesk.open(this.context, id)
        : OfficerDesk.open(this.context, id);
  }

  /** Goes on with a ceremony that just came in. */
  become(desk: CustodianDesk): void {
    this.desk = desk;
  }

  /** Secrets of the ceremony are forgotten; its work stays on disk. */
  leave(): void {
    if (this.desk instanceof OfficerDesk) this.desk.token.forget();
    if (this.desk instanceof CustodianDesk) this.desk.forgetShare();
    this.desk = null;
  }

  /** Throws `StationError` 'no-ceremony' where none is open. */
  required(): Desk {
    if (this.desk !== null) return this.desk;
    throw new StationError('no-ceremony', 'No ceremony is open. Open one from the list first.');
  }

  /** As its officer. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  officer(): OfficerDesk {
    const desk = this.required();
    if (desk instanceof OfficerDesk) return desk;
    throw new StationError(
      'wrong-role',
      'That is the officer’s to do; this person takes part as a custodian.',
    );
  }

  /** As its custodian. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  custodian(): CustodianDesk {
    const desk = this.required();
    if (desk instanceof CustodianDesk) return desk;
    throw new StationError(
      'wrong-role',
      'That is a custodian’s to do; this person takes part as the officer.',
    );
  }
}

import { type OfficerCeremony, type OfficerEvent, officerNext } from '../../../shared/ceremony/officer';
import type { StationContext } from '../../station/context';
import type { CeremonyFile } from '../ceremony-file';
import { CeremonySecret } from './ceremony-secret';

/** What every part of an officer's work on one ceremony shares: its file, its secret, its state. */
export class OfficerWork {
  readonly secret: CeremonySecret;

  constructor(
    readonly context: StationContext,
    readonly file: CeremonyFile<OfficerCeremony>,
  ) {
    this.secret = new CeremonySecret(file.paths.secret);
  }

  get state(): OfficerCeremony {
    return this.file.state;
  }

  /** What the state becomes by an event. Throws `CeremonyError`, and then nothing has changed. */
  next(event: OfficerEvent): OfficerCeremony {
    return officerNext(this.state, event, this.context.clock().toISOString());
  }
}

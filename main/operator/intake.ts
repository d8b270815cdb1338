import type { ReceivedView } from '../../shared/ipc/common-channels';
import { expectMessage } from '../../shared/message/direction';
import type { SignedMessage } from '../../shared/message/wire';
import type { Carrier } from '../station/carrier';
import { refuseOwnCode } from '../station/intake/own-code';
import { recordCrossing } from '../store/home-journal';
import type { OperatorDesk } from './operator-desk';

/** Acts on a message by its type at an operator's station, or says by name why it has no place here. */
export class OperatorIntake {
  constructor(private readonly desk: OperatorDesk) {}

  /** Throws what each step throws, and `MessageError` for what isn't expected here. */
  async take(message: SignedMessage, carrier: Carrier): Promise<ReceivedView> {
    refuseOwnCode(message, this.desk.identity().fingerprint);
    const { type } = message.envelope;
    return { status: 'taken', type, text: await this.act(message, carrier) };
  }

  private async act(message: SignedMessage, carrier: Carrier): Promise<string> {
    const { desk } = this;
    const { type } = message.envelope;
    switch (type) {
      case 'identity':
        return desk.person.meet(message as SignedMessage<'identity'>, carrier);
      case 'start':
      case 'attempt':
        await desk.propose(message, type, carrier);
        return type === 'start'
          ? 'The officer’s start. Look at the plan: nothing was sent to the server yet.'
          : 'Another station’s attempt. Look at the plan: nothing was sent to the server yet.';
      case 'amendment':
        await desk.amend(message, carrier);
        return 'The officer’s amendment is in force. The attempt’s code is a new one: show it to everyone.';
      case 'share':
        return desk.submit(message, carrier);
      case 'handoff':
        await desk.takeHandoff(message, carrier);
        return 'The token is here, sealed. Look at its tasks: nothing was done with it yet.';
      case 'checkpoint':
        recordCrossing(desk.person.journal(), 'in', message, carrier);
        await desk.witness.take(message);
        return 'Someone asks you to sign their transcript.';
      case 'signature':
        recordCrossing(desk.person.journal(), 'in', message, carrier);
        return `${await desk.transcript.takeSignature(message)} has signed this transcript.`;
      case 'log':
        return desk.logs.take(message as SignedMessage<'log'>, carrier);
      case 'witness':
        return desk.transcript.takeStatement(message, carrier);
      case 'station':
      case 'result':
      case 'outcome':
        // They go to the officer. Nobody expects one here, so this refuses each by name.
        return expectMessage(message, {
          types: [desk.current === null ? 'start' : 'share'],
          to: desk.identity().role,
        }).type;
    }
  }
}

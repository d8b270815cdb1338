import type { ReceivedView } from '../../../shared/ipc/common-channels';
import type { MessageType } from '../../../shared/message/body';
import { directions, expectMessage } from '../../../shared/message/direction';
import type { SignedMessage } from '../../../shared/message/wire';
import { nonceWords } from '../../../shared/words';
import type { Carrier } from '../../station/carrier';
import type { StationContext } from '../../station/context';
import { refuseOwnCode } from '../../station/intake/own-code';
import type { LogDesk } from '../../station/logs';
import type { PersonDesk } from '../../station/person';
import { StationError } from '../../station/station-error';
import type { TranscriptDesk } from '../../station/transcript';
import type { WitnessDesk } from '../../station/witness';
import { recordCrossing } from '../../store/home-journal';
import { checkedAttempt } from '../custodian/checked-attempt';
import { CustodianDesk } from '../custodian/desk';
import { OfficerDesk } from '../officer/desk';
import type { OpenCeremony } from '../open-ceremony';
import { signerKnownAs } from '../signer';
import { vouchedOperator } from '../vouched-outcome';
import { keepOutcome } from '../witnessed-outcome';

/** Whose work a message can be at this station. */
export interface Workplaces {
  readonly person: PersonDesk;
  readonly ceremony: OpenCeremony;
  readonly witness: WitnessDesk;
  readonly logs: LogDesk;
  readonly transcript: TranscriptDesk;
  /** Leaves the open ceremony, with all that is held for it. */
  leave(): void;
}

/** Acts on a message by its type, or says by name why it has no place here. */
export class MessageTaker {
  constructor(
    private readonly context: StationContext,
    private readonly at: Workplaces,
  ) {}

  /**
   * Throws what each workplace throws, and `StationError` 'wrong-role', `MessageError` for what isn't
   * expected here.
   */
  async take(message: SignedMessage, carrier: Carrier): Promise<ReceivedView> {
    refuseOwnCode(message, this.context.identity().fingerprint);
    const { type } = message.envelope;
    return { status: 'taken', type, text: await this.act(message, carrier) };
  }

  /** Says in a sentence what the message was. */
  private async act(message: SignedMessage, carrier: Carrier): Promise<string> {
    const { person, ceremony, witness, transcript } = this.at;
    const { type } = message.envelope;
    switch (type) {
      case 'identity':
        return person.meet(message as SignedMessage<'identity'>, carrier);
      case 'station':
        this.refuseUnlessOfficer(type);
        transcript.refuseSignedOff();
        await ceremony.officer().plan.takeStation(message, carrier);
        return 'The station has introduced itself.';
      case 'attempt':
        if (this.context.identity().role !== 'officer') return this.takeAsCustodian(message, carrier);
        transcript.refuseSignedOff();
        await ceremony.officer().result.takeAttempt(message, carrier);
        return 'The attempt is open on the server.';
      case 'result':
        this.refuseUnlessOfficer(type);
        transcript.refuseSignedOff();
        await ceremony.officer().result.takeResult(message, carrier);
        return 'The result of the attempt has arrived.';
      case 'outcome':
        return this.takeOutcome(message as SignedMessage<'outcome'>, carrier);
      case 'checkpoint':
        recordCrossing(person.journal(), 'in', message, carrier);
        await witness.take(message);
        return 'Someone asks you to sign their transcript.';
      case 'signature':
        recordCrossing(person.journal(), 'in', message, carrier);
        return `${await transcript.takeSignature(message)} has signed this transcript.`;
      case 'log':
        return this.at.logs.take(message as SignedMessage<'log'>, carrier);
      case 'witness':
        return transcript.takeStatement(message, carrier);
      case 'start':
      case 'amendment':
      case 'share':
      case 'handoff': {
        // They go to the online station. Nobody expects one here, so this refuses each by name.
        const { role } = this.context.identity();
        return expectMessage(message, { types: this.expected(), to: role }).type;
      }
    }
  }

  /** What this person waits for now. */
  private expected(): readonly Exclude<MessageType, 'start' | 'amendment' | 'share' | 'handoff'>[] {
    const { role } = this.context.identity();
    const desk = this.at.ceremony.current;
    if (role === 'custodian') {
      const released = desk instanceof CustodianDesk && desk.state.step === 'released';
      return released ? ['attempt', 'outcome'] : ['attempt'];
    }
    if (role !== 'officer') return ['checkpoint', 'outcome'];
    if (!(desk instanceof OfficerDesk)) return ['identity'];
    if (desk.state.step === 'plan') return ['station'];
    return desk.handoff.outbound === null ? ['attempt', 'result'] : ['outcome'];
  }

  private refuseUnlessOfficer(type: 'station' | 'result'): void {
    const { role } = this.context.identity();
    if (role === 'officer') return;
    const { ask, name } = directions[this.expected()[0] ?? 'identity'];
    throw new StationError(
      'wrong-role',
      `This is a ${type} message: it goes ${directions[type].way}, and you take part as ${role}. Here ${name} is expected. ${ask}`,
    );
  }

  /** The officer's proof; to all others the word of the station that the officer's handoff names. */
  private async takeOutcome(message: SignedMessage<'outcome'>, carrier: Carrier): Promise<string> {
    const { person, ceremony, transcript } = this.at;
    const { role } = this.context.identity();
    const { label, proof } = message.envelope.body;
    if (role === 'officer') {
      transcript.refuseSignedOff();
      const station = await ceremony.officer().handoff.takeOutcome(message, carrier);
      return `The token is revoked, proven by ${station}: ${proof}.`;
    }
    if (role === 'custodian') {
      transcript.refuseSignedOff();
      await ceremony.custodian().takeOutcome(message, carrier);
    } else {
      const { name } = await signerKnownAs(this.context, message, 'operator');
      expectMessage(message, { types: ['outcome'], to: role, sender: { name, role: 'operator' } });
      await vouchedOperator(this.context, message, null);
      keepOutcome(this.context.home, message);
      recordCrossing(person.journal(), 'in', message, carrier);
    }
    return `The token is revoked, as ${label} says, to which the officer had handed it over: ${proof}.`;
  }

  private async takeAsCustodian(message: SignedMessage, carrier: Carrier): Promise<string> {
    const { ceremony, transcript } = this.at;
    const checked = await checkedAttempt(this.context, message);
    if (ceremony.id === checked.facts.id) {
      // A desk that is open keeps its own journal object: two on one file would break the chain.
      ceremony.custodian().takeAttempt(checked, carrier);
      transcript.forget();
    } else {
      this.at.leave();
      ceremony.become(CustodianDesk.ofAttempt(this.context, checked, carrier));
    }
    return `An attempt: ${nonceWords(checked.facts.attempt.nonce)}.`;
  }
}

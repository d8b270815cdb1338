import type { Role } from '../../../shared/message/body';

export interface StepHelp {
  readonly name: string;
  readonly what: string;
}

/** What each step of a role is for. */
export const stepsHelp: Record<Role, readonly StepHelp[]> = {
  officer: [
    { name: 'Plan', what: 'Says why a root token is needed, for what, and who takes part.' },
    { name: 'Make the key', what: 'Only this key, or the OTP in its place, can open the token later.' },
    { name: 'Send the start', what: 'The online station takes the plan, and opens the attempt by it.' },
    { name: 'Take the attempt', what: 'Brings the words that every custodian compares with you.' },
    { name: 'Take the result', what: 'Brings the token, still closed, once the last share is in.' },
    { name: 'Decode', what: 'Opens the token. From here until it is revoked, everyone watches.' },
    { name: 'Destroy the key', what: 'Nothing that could open the token is left on this laptop.' },
    { name: 'Sign off', what: 'Closes the transcript, so that no line of it changes unnoticed.' },
  ],
  custodian: [
    { name: 'Take the attempt', what: 'Brings what your share is asked for.' },
    { name: 'Check it', what: 'You compare it with what was agreed. Nothing was given yet.' },
    { name: 'Enter your share', what: 'It is checked on this laptop, and goes nowhere.' },
    { name: 'Release it', what: 'It is closed to one station, for one attempt, and shown as a code.' },
    { name: 'Sign off', what: 'Closes the transcript, so that no line of it changes unnoticed.' },
  ],
  operator: [
    { name: 'Server', what: 'The one address that this station opens connections to.' },
    { name: 'Introduce', what: 'The officer’s laptop learns of the server, and of this station.' },
    { name: 'Start or join', what: 'Takes the officer’s plan, and opens the attempt on the server.' },
    { name: 'Collect shares', what: 'Each custodian’s share goes to the server as it comes in.' },
    { name: 'Result', what: 'The server’s last answer, for the officer’s laptop. It comes once.' },
    { name: 'Token', what: 'The token is revoked, and the server is asked whether it is gone.' },
    { name: 'Sign off', what: 'Closes the transcript, so that no line of it changes unnoticed.' },
  ],
  witness: [
    { name: 'Take a checkpoint', what: 'Brings the last line of a transcript that somebody closed.' },
    { name: 'Compare and sign', what: 'You vouch that this is how it was, as far as you saw.' },
    { name: 'Show the signature', what: 'Their station keeps it beside the transcript.' },
  ],
};

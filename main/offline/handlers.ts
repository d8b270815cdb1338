import { wipe } from '../../shared/bytes';
import type { About } from '../../shared/ipc/about';
import type { HandlersOf } from '../../shared/ipc/channel-map';
import type { Channels } from '../../shared/ipc/offline/channels';
import { pgpKeyField } from '../../shared/openpgp/public-key';
import { commonHandlers, saveAt, workersOf } from '../station/handlers';
import type { Places, ReportPaper } from '../station/places';
import { saveSecret } from '../store/saved-file';
import type { Paper, ShareCard } from './custodian/share-card';
import type { OfflineStation } from './offline-station';
import type { Surroundings } from './state-view';

/** What every channel does: one line of the station's work each. */
export function handlers(
  station: OfflineStation,
  places: Places,
  surroundings: () => Surroundings,
  paper: Paper,
  about: () => About,
  reports: ReportPaper,
): HandlersOf<Channels> {
  const { act, ask } = workersOf(station);
  /** What touches a secret: not while the laptop has a network. */
  const actOffline = <A>(action: (args: A) => unknown) =>
    act((args: A) => {
      station.network.requireNone();
      return action(args);
    });

  // Outside the station's queue: a print dialog stays open for as long as a person likes.
  const cardOut = async <T>(out: (card: ShareCard) => Promise<T>): Promise<T> => {
    const card = await station.exclusively(() => station.cards.take());
    try {
      return await out(card);
    } catch (error) {
      await station.exclusively(() => station.cards.failed('it could not be printed or saved'));
      throw error;
    }
  };

  return {
    'state.get': async () => station.state(surroundings()),
    ...commonHandlers(station, places, about, reports),

    // Outside of the queue: it takes a while, and changes nothing.
    'offline.check': async () => {
      await station.network.check();
      return null;
    },
    'offline.go-on': act(() => station.network.goOn()),

    'ceremony.remove': act(({ id }) => station.removeCeremony(id)),

    'officer.new': act(({ rehearsal }) => station.beginCeremony(rehearsal)),
    'script.take': act(({ bytes }) => station.scripts.take(bytes)),
    'script.remove': act(({ sha256 }) => station.scripts.remove(sha256)),
    'script.save': async ({ sha256 }) => {
      const { name, text } = await station.exclusively(() => station.scripts.file(sha256));
      return saveAt(places, 'Save the script', name, text);
    },
    'officer.script.choose': act(({ sha256 }) => station.officer().script.choose(sha256)),
    'officer.script.step': act((step) => station.officer().script.record(step)),
    'officer.script.person': act((person) => station.officer().script.person(person)),
    'officer.script.break': act((rest) => station.officer().script.rest(rest)),

    'officer.draft': act(({ draft }) => station.officer().plan.saveDraft(draft)),
    'officer.server-by-hand': act((facts) => station.officer().plan.takeByHand(facts)),
    'officer.plan': act(({ draft }) => station.officer().plan.agree(draft)),
    'officer.reopen-plan': act(() => station.officer().reopenPlan()),
    'officer.make-key': actOffline(({ algorithm }) => station.officer().key.makeKey(algorithm)),
    // Outside the station's queue, in which the key is being made.
    'officer.make-key.cancel': async () => {
      station.officer().key.cancelMaking();
      return null;
    },
    'officer.import-key': actOffline(({ privateKey, passphrase }) =>
      station.officer().key.importKey(privateKey, passphrase),
    ),
    'officer.make-otp': actOffline(() => station.officer().key.makeOtp()),
    'officer.otp.reveal': ask(async () => ({ text: await station.officer().key.revealOtp() })),
    'officer.public-key.save': async () => {
      const key = await station.exclusively(() => station.officer().key.exportPublicKey());
      return saveAt(places, 'Save the public key', 'airlock-ceremony-key.b64', `${pgpKeyField(key)}\n`);
    },
    'officer.amend': act((step) => station.officer().amendment.amend(step)),
    'officer.start-sent': act(() => station.officer().startSent()),
    'officer.start-again': act(() => station.officer().startAgain()),
    'officer.encoded-token': act(({ text, nonce }) => station.officer().result.takeEncodedToken(text, nonce)),
    'officer.decode': actOffline(({ passphrase }) => station.officer().token.decode(passphrase)),
    'officer.token.reveal': ask(() => ({ text: station.officer().token.reveal() })),
    'officer.token.forget': act(() => station.officer().token.forget()),
    'officer.hand-over': act(() => station.officer().handoff.handOver()),
    'officer.revocation-reported': act(() => station.officer().token.reportRevoked()),
    'officer.destroy': act(() => station.officer().destroySecret()),

    'custodian.check': act(({ matches, difference }) => station.custodian().check(matches, difference)),
    'custodian.share': actOffline((entry) => station.custodian().enterShare(entry)),
    'custodian.share.forget': act(() => station.custodian().forgetShare()),
    'custodian.release': act(() => station.custodian().release()),
    'custodian.release.withdraw': act(() => station.custodian().withdrawRelease()),
    'custodian.share.reveal': ask(() => ({ text: station.custodian().revealShare() })),

    'brought.reveal': ask(async ({ digest }) => ({ text: await station.revealBrought(digest) })),

    'custody.enter': actOffline(({ cluster, ...entry }) => station.custody.enter(entry, cluster)),
    'custody.forget': act(() => station.custody.forget()),
    'custody.card.print': () =>
      cardOut(async (card) => {
        const outcome = await paper.print(card);
        if (outcome === 'cancelled') {
          await station.exclusively(() => station.cards.failed('the print dialog was cancelled'));
        }
        return outcome;
      }),
    'custody.card.pdf': async () => {
      const path = await places.saveFile('Save the share card: the share in clear', 'share-card-SECRET.pdf');
      if (path === null) return null;
      return cardOut(async (card) => {
        const bytes = await paper.pdf(card);
        try {
          saveSecret(path, bytes);
        } finally {
          wipe(bytes);
        }
        return path;
      });
    },
    'custody.card.reveal': ask(() => ({ text: station.cards.take().groups.join('\n') })),
  };
}

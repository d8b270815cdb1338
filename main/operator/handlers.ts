import type { HandlersOf } from '../../shared/ipc/channel-map';
import type { Channels } from '../../shared/ipc/online/channels';
import type { Places } from '../station/places';
import { saveText } from '../store/saved-file';
import type { OperatorDesk } from './operator-desk';

/** What every channel of the online station's window does: one line of the desk's work each. */
export function handlers(desk: OperatorDesk, places: Places, electron: string): HandlersOf<Channels> {
  const act =
    <A>(action: (args: A) => unknown) =>
    (args: A): Promise<null> =>
      desk.exclusively(async () => {
        await action(args);
        return null;
      });
  const ask =
    <A, R>(action: (args: A) => R | Promise<R>) =>
    (args: A): Promise<R> =>
      desk.exclusively(() => action(args));

  return {
    'state.get': async () => desk.state(electron),
    'preferences.get': async () => desk.preferences,
    'preferences.set': async ({ preferences }) => {
      desk.preferences = preferences;
      return null;
    },

    'identity.create': act((wanted) => desk.person.create({ ...wanted, role: 'operator' })),
    'identity.unlock': act(({ passphrase }) => desk.person.unlock(passphrase)),
    'identity.lock': act(() => desk.lock()),
    'people.confirm': act(({ matches }) => desk.person.confirm(matches)),
    'people.remove': act(({ fingerprint }) => desk.person.remove(fingerprint)),

    'code.receive': ask(({ text, carrier }) => desk.receiveText(text, carrier)),
    'code.file': ask(({ bytes }) => desk.receiveFile(bytes)),
    'code.reset': act(() => desk.resetReading()),

    'outgoing.parts': async ({ id, from, count, density }) => {
      const outgoing = desk.outbox.code(id, density);
      return {
        partCount: outgoing.partCount,
        parts: Array.from({ length: count }, (_, index) => outgoing.part(from + index)),
      };
    },
    'outgoing.save': async ({ id }) => {
      const { type, text } = desk.outbox.file(id);
      const path = await places.saveFile('Save the message', `airlock-${type}.ur`);
      if (path !== null) saveText(path, text);
      return path;
    },

    'server.connect': act(({ token, ...settings }) => desk.connect(settings, token)),
    'server.ask': async () => {
      await desk.ask();
      return null;
    },
    'rehearsal.begin': act(() => desk.rehearse()),
    'station.introduce': act(({ rehearsal }) => desk.introduce(rehearsal)),
    'attempt.start': act(() => desk.start()),
    'attempt.join': act(() => desk.join()),
    'attempt.dismiss': act(() => desk.dismiss()),
    'attempt.announce': act(() => desk.announceAgain()),
    'attempt.cancel': act(() => desk.cancel()),
    'attempt.gone': act(() => desk.confirmGone()),
    'attempt.settle': act(() => desk.settle()),
    'token.revoke': act(({ token }) => desk.revoke(token)),

    'ceremony.open': act(({ id }) => desk.openCeremony(id)),
    'ceremony.leave': act(() => desk.leave()),
    'ceremony.exception': act(({ text }) => {
      const said = text.trim();
      if (said !== '') desk.transcript.record().append('exception', { text: said });
    }),
    'ceremony.words-compared': act(({ what, words }) =>
      desk.transcript.record().append('words-compared', { what, words }),
    ),
    'ceremony.sign-off': act(({ again }) => desk.transcript.signOff(again === true)),
    'ceremony.archive': async ({ replace }) => {
      const folder = await places.chooseFolder('Where shall the transcript go?');
      return folder === null
        ? null
        : desk.exclusively(() => desk.transcript.archive(folder, replace === true));
    },

    'witness.sign': act(() => desk.witness.sign()),
    'witness.leave': act(() => desk.witness.leave()),
  };
}

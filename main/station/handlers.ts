import type { About } from '../../shared/ipc/about';
import type { HandlersOf } from '../../shared/ipc/channel-map';
import type { CommonChannels } from '../../shared/ipc/common-channels';
import { saveBytes, saveText } from '../store/saved-file';
import type { Places, ReportPaper } from './places';
import type { Station } from './station';

/** How a channel does one line of a station's work: one after the other. */
export interface Workers {
  /** For what is done. */
  act<A>(action: (args: A) => unknown): (args: A) => Promise<null>;
  /** For what is answered. */
  ask<A, R>(action: (args: A) => R | Promise<R>): (args: A) => Promise<R>;
}

export const workersOf = (station: Station): Workers => ({
  act: (action) => (args) =>
    station.exclusively(async () => {
      await action(args);
      return null;
    }),
  ask: (action) => (args) => station.exclusively(() => action(args)),
});

/** Asks where, then saves a text there. Comes back with the place, or null where the person cancelled. */
export async function saveAt(
  places: Places,
  title: string,
  suggestedName: string,
  text: string,
): Promise<string | null> {
  const path = await places.saveFile(title, suggestedName);
  if (path !== null) saveText(path, text);
  return path;
}

/** What the channels do that both apps have, but for `state.get`: one line of the station's work each. */
export function commonHandlers(
  station: Station,
  places: Places,
  about: () => About,
  paper: ReportPaper,
): Omit<HandlersOf<CommonChannels>, 'state.get'> {
  const { act, ask } = workersOf(station);
  return {
    // By now the state says more.
    'entrance.get': async () => null,
    'about.get': async () => about(),

    'preferences.get': async () => station.preferences,
    'preferences.set': async ({ preferences }) => {
      station.preferences = preferences;
      return null;
    },

    'guard.used': async () => {
      station.used();
      return null;
    },

    'identity.create': act((wanted) => station.person.create(wanted)),
    'identity.unlock': act(({ passphrase }) => station.unlock(passphrase)),
    'identity.lock': act(() => station.lock()),
    'identity.start-over': act(() => station.person.startOver()),
    'home.backup': async ({ passphrase }) => {
      const path = await places.saveFile('Back up this home', station.person.backupName());
      if (path === null) return null;
      await station.exclusively(() => station.person.backUp(path, passphrase));
      return path;
    },
    'home.restore': async ({ passphrase }) => {
      const path = await places.chooseFile('Which backup is it?');
      if (path === null) return null;
      await station.exclusively(() => station.restore(path, passphrase));
      return path;
    },
    'people.confirm': act(({ matches }) => station.person.confirm(matches)),
    'people.remove': act(({ fingerprint }) => station.person.remove(fingerprint)),

    'code.receive': ask(({ text, carrier }) => station.receiveText(text, carrier)),
    'code.file': ask(({ bytes }) => station.receiveFile(bytes)),
    'code.opened': () => places.openedFile(),
    'code.reset': act(() => station.resetReading()),

    'outgoing.parts': async ({ id, from, count, density }) => {
      const outgoing = station.outbox.code(id, density);
      return {
        partCount: outgoing.partCount,
        parts: Array.from({ length: count }, (_, index) => outgoing.part(from + index)),
      };
    },
    'outgoing.save': async ({ id }) => {
      const { type, text } = station.outbox.file(id);
      return saveAt(places, 'Save the message', `airlock-${type}.ur`, text);
    },

    'ceremony.open': act(({ id }) => station.openCeremony(id)),
    'ceremony.leave': act(() => station.leave()),
    'ceremony.exception': act(({ text }) => station.transcript.recordException(text)),
    'ceremony.words-compared': act(({ what, words }) => station.transcript.recordWords(what, words)),
    'ceremony.sign-off': act(({ again }) => station.transcript.signOff(again)),
    'ceremony.archive': async ({ replace }) => {
      const folder = await places.chooseFolder('Where shall the transcript go?');
      return folder === null ? null : station.exclusively(() => station.archive(folder, replace));
    },
    // Outside of the queue, as far as it is printed: that takes seconds.
    'ceremony.report': async () => {
      const path = await places.saveFile('Save the report', 'airlock-report.pdf');
      if (path === null) return null;
      saveBytes(path, await paper.pdf(await station.exclusively(() => station.report())));
      return path;
    },
    'ceremony.log': act(() => station.transcript.showLog()),
    'ceremony.show': act(() => station.transcript.showLive()),
    'ceremony.hide': act(() => station.transcript.hideLive()),

    'logs.archive': async ({ id, replace }) => {
      const folder = await places.chooseFolder('Where shall the journals go?');
      return folder === null ? null : station.exclusively(() => station.logs.archive(id, folder, replace));
    },

    'witness.sign': act(() => station.witness.sign()),
    'witness.leave': act(() => station.witness.leave()),
    'witness.note': act(({ ceremony, of, line, text }) => station.following.note(ceremony, of, line, text)),
    'witness.state': act(({ ceremony, of }) => station.following.sign(ceremony, of)),
    'witness.stated': act(() => station.following.leave()),
  };
}

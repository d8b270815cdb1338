import type { About } from '../../shared/ipc/about';
import type { HandlersOf } from '../../shared/ipc/channel-map';
import type { Channels } from '../../shared/ipc/online/channels';
import { commonHandlers, workersOf } from '../station/handlers';
import type { Places, ReportPaper } from '../station/places';
import type { OperatorDesk } from './operator-desk';

/** What every channel of the online station's window does: one line of the desk's work each. */
export function handlers(
  desk: OperatorDesk,
  places: Places,
  electron: string,
  about: () => About,
  paper: ReportPaper,
): HandlersOf<Channels> {
  const { act } = workersOf(desk);
  return {
    'state.get': async () => desk.state(electron),
    ...commonHandlers(desk, places, about, paper),
    // Whoever works at an online station is an operator.
    'identity.create': act((wanted) => desk.person.create({ ...wanted, role: 'operator' })),

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
    'result.renew': act(() => desk.renewResult()),
    'handoff.look': act(() => desk.lookAtHanded()),
    'handoff.go-on': act(({ choice }) => desk.goOnWithHanded(choice)),
    'token.ended': act(() => desk.proveEnded()),
    'token.revoke': act(({ token }) => desk.revoke(token)),
    'sweep.begin': act(() => desk.beginSweep()),
    // Outside of the queue, so that nothing that is slow keeps it from ending.
    'sweep.stop': async () => {
      desk.sweep.stop();
      return null;
    },
    'sweep.revoke': act(({ accessors }) => desk.revokeSwept(accessors)),
  };
}

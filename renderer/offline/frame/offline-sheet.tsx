import { useEffect } from 'react';
import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Button } from '../../parts/button';
import { timeOf } from '../../parts/names';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { useCall } from '../call';

type Layer = AppState['offline']['layers'][number];

interface OfflineSheetProps {
  readonly offline: AppState['offline'];
  readonly onClose: () => void;
}

/** Each layer between Airlock and a network, what was found of it just now, and what none of that proves. */
export function OfflineSheet({ offline, onClose }: OfflineSheetProps) {
  const check = useCall('offline.check');
  const { run } = check;
  useEffect(() => {
    void run({});
  }, [run]);
  return (
    <Sheet title="Offline" onClose={onClose}>
      <p className="quiet">
        {offline.layersAt === ''
          ? 'Being tried…'
          : `As tried at ${timeOf(offline.layersAt)}, on this laptop.`}
      </p>
      <ul className="layers">
        {offline.layers.map((layer) => (
          <LayerRow key={layer.layer} layer={layer} />
        ))}
      </ul>
      <h3>What this does not prove</h3>
      <ul>
        {unproven.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div className="row">
        <Button busy={check.busy} onPress={() => void run({})}>
          {check.busy ? 'Trying…' : 'Try again'}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Close
        </Button>
      </div>
      <Problem text={check.problem} />
    </Sheet>
  );
}

function LayerRow({ layer: { layer, state, found } }: { readonly layer: Layer }) {
  // Where a system doesn't let it, nothing is broken.
  const look = layer === 'namespace' && state === 'open' ? 'unknown' : state;
  return (
    <li className={`layer layer-${look}`}>
      <b>{titles[layer]}</b> <span className="layer-state">{standing[layer][state]}</span>
      {found.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </li>
  );
}

const titles: Readonly<Record<Layer['layer'], string>> = {
  code: 'No code that opens a connection',
  browser: 'Chromium’s switches and rules',
  namespace: 'A network of Airlock’s own, without an interface',
  interfaces: 'No network at this laptop',
};

const usual = { holds: 'Holds', open: 'Does not hold', unknown: 'Not known' } as const;

const standing: Readonly<Record<Layer['layer'], Readonly<Record<Layer['state'], string>>>> = {
  code: usual,
  browser: usual,
  namespace: { ...usual, open: 'Isn’t there' },
  interfaces: usual,
};

const unproven: readonly string[] = [
  'Each look tells of its moment. An interface that comes up and goes between two looks, five seconds apart, is not seen.',
  'Other programs of this laptop are not held back by any of this: the display, the print service, the system itself. With a network they could pass on what they see.',
  'Where Airlock has no network of its own, no filter of the system’s stands in for it: where it would be needed, one that an ordinary user may set takes Chromium’s sandbox away.',
  'Radio that is no network interface is not looked at: Bluetooth, a modem in the firmware, a camera in the room.',
  'A program that somebody changed can show anything here. Compare the digest that Help, About Airlock shows with that of the release.',
];

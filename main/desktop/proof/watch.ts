import type { OfflineLayer } from '../../../shared/transcript/event';
import type { OfflineEye, OfflineView } from '../../offline/network-desk';
import type { Finding } from './finding';
import { lookAtInterfaces, proveOffline } from './interfaces';

const EVERY_MS = 5000;
/** How long after the program was read the other layers are tried: a person's first screen comes first. */
const LATER_MS = 1500;

/** How each layer but the interfaces is looked at. */
export interface Looks {
  code(): Finding;
  browser(): Promise<Finding>;
  namespace(): Finding;
}

const layerOf = (layer: OfflineLayer, { state, found }: Finding): OfflineView['layers'][number] => ({
  layer,
  state,
  found: [...found],
});

const notYet: Finding = { state: 'unknown', found: ['Not looked at yet.'] };

/**
 * Looks at the machine's network every few seconds, and at each layer that keeps the program from one where
 * somebody asks. Tells after each look.
 */
export class OfflineWatch implements OfflineEye {
  private proof = proveOffline(lookAtInterfaces, new Date());
  private others: OfflineView['layers'] = [
    layerOf('code', notYet),
    layerOf('browser', notYet),
    layerOf('namespace', notYet),
  ];
  private othersAt = '';
  private running: Promise<void> | null = null;

  constructor(
    private readonly looks: Looks,
    private readonly looked: () => void,
  ) {}

  get latest(): OfflineView {
    const { ok, checkedAt, detail, up } = this.proof;
    return {
      ok,
      checkedAt,
      detail,
      up: [...up],
      layersAt: this.othersAt,
      layers: [...this.others, { layer: 'interfaces', state: ok ? 'holds' : 'open', found: [detail] }],
    };
  }

  /** Names of the interfaces that are up now. */
  up(): readonly string[] {
    this.proof = proveOffline(lookAtInterfaces, new Date());
    return this.proof.up;
  }

  start(): void {
    setInterval(() => {
      this.up();
      this.looked();
    }, EVERY_MS);
    setTimeout(() => void this.check(), LATER_MS);
  }

  /** Tries every layer. Two who ask at once get one look. Never rejects. */
  check(): Promise<void> {
    this.running ??= this.tryAll().finally(() => {
      this.running = null;
      this.looked();
    });
    return this.running;
  }

  private async tryAll(): Promise<void> {
    const [code, namespace] = [this.looks.code(), this.looks.namespace()];
    const browser = await this.looks.browser();
    this.up();
    this.others = [layerOf('code', code), layerOf('browser', browser), layerOf('namespace', namespace)];
    this.othersAt = new Date().toISOString();
  }
}

import { zigzag } from './jpeg-block';

/** For each sixteen bits that may come next: the length of the code that they begin with, and its symbol below that. */
export type HuffmanTable = Uint16Array;

/** Lays a table out: sixteen counts of codes, by length, and the symbols (ITU-T T.81, annex C). */
export function huffmanTable(counts: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65_536);
  let [at, symbol] = [0, 16];
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < (counts[length - 1] ?? 0); i++) {
      const next = at + (1 << (16 - length));
      table.fill((length << 8) | (counts[symbol++] ?? 0), at, next);
      at = next;
    }
  }
  return table;
}

/** The bits of a JPEG's scan, and what is coded in them (ITU-T T.81, annexes F and G). */
export class JpegBits {
  private held = 0;
  private count = 0;
  private missing = 0;
  /** Blocks to come in which nothing more is said. */
  run = 0;

  constructor(
    private readonly file: Uint8Array,
    private at: number,
  ) {}

  /** Whether the scan ended long before: what comes now is made up of zeros. */
  get exhausted(): boolean {
    return this.missing > 64;
  }

  private fill(): void {
    while (this.count <= 24) {
      let byte = this.file[this.at] ?? 0;
      if (this.at >= this.file.length) this.missing++;
      else if (byte !== 0xff) this.at++;
      else if (this.file[this.at + 1] === 0) this.at += 2;
      else {
        // A marker: it stays where it is.
        byte = 0;
        this.missing++;
      }
      this.held = (this.held << 8) | byte;
      this.count += 8;
    }
  }

  /** The next bits as a number; 16 at most. */
  bits(length: number): number {
    if (length === 0) return 0;
    if (this.count < length) this.fill();
    this.count -= length;
    return (this.held >>> this.count) & ((1 << length) - 1);
  }

  /** A number of so many bits, those that begin with 0 being negative. */
  signed(length: number): number {
    if (length > 16) throw new Error('no such number');
    const value = this.bits(length);
    return length > 0 && value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  symbol(table: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const found = table[(this.held >>> (this.count - 16)) & 0xffff] ?? 0;
    if (found === 0) throw new Error('no such code');
    this.count -= found >> 8;
    return found & 255;
  }

  firstPass(table: HuffmanTable, block: Int16Array, at: number, from: number, to: number, low: number): void {
    if (this.run > 0) {
      this.run--;
      return;
    }
    for (let k = from; k <= to; k++) {
      const symbol = this.symbol(table);
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0) {
        if (zeros < 15) {
          this.run = (1 << zeros) - 1 + this.bits(zeros);
          return;
        }
        k += 15;
        continue;
      }
      k += zeros;
      const value = this.signed(size) << low;
      if (k <= 63) block[at + (zigzag[k] ?? 0)] = value;
    }
  }

  refiningPass(
    table: HuffmanTable,
    block: Int16Array,
    at: number,
    from: number,
    to: number,
    low: number,
  ): void {
    let k = from;
    while (this.run === 0 && k <= to) {
      const symbol = this.symbol(table);
      let zeros = symbol >> 4;
      let value = 0;
      if ((symbol & 15) !== 0) value = this.bits(1) ? 1 << low : -1 << low;
      else if (zeros < 15) {
        this.run = (1 << zeros) + this.bits(zeros);
        break;
      }
      for (; k <= to; k++) {
        const place = at + (zigzag[k] ?? 0);
        if (block[place] !== 0) this.refine(block, place, low);
        else if (--zeros < 0) {
          block[place] = value;
          break;
        }
      }
      k++;
    }
    if (this.run === 0) return;
    for (; k <= to; k++) {
      const place = at + (zigzag[k] ?? 0);
      if (block[place] !== 0) this.refine(block, place, low);
    }
    this.run--;
  }

  private refine(block: Int16Array, place: number, low: number): void {
    const value = block[place] ?? 0;
    if (this.bits(1) && (Math.abs(value) & (1 << low)) === 0)
      block[place] = value + (value > 0 ? 1 << low : -1 << low);
  }

  /** Goes on behind the next restart marker; false where another one, or none, comes first. */
  restart(): boolean {
    const at = this.nextMarker();
    const marker = this.file[at + 1] ?? 0;
    if (marker < 0xd0 || marker > 0xd7) return false;
    this.at = at + 2;
    this.held = this.count = this.missing = this.run = 0;
    return true;
  }

  /** Where the next marker stands, or the end of the file. */
  nextMarker(): number {
    const { file } = this;
    for (let at = this.at; at + 1 < file.length; at++) {
      const next = file[at + 1] ?? 0;
      if (file[at] === 0xff && next !== 0 && next !== 0xff) return at;
    }
    return file.length;
  }
}

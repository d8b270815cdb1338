import type { Luma } from '../../shared/qr/luma';
import { type HuffmanTable, huffmanTable, JpegBits } from './jpeg-bits';
import { idctInto, zigzag } from './jpeg-block';

interface Component {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly table: number;
  /** Blocks of the picture's own width and height, and blocks a row with those that fill up the last unit. */
  readonly columns: number;
  readonly rows: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of one that is kept; the others are read over. */
  readonly pixels: Uint8Array | null;
  /** Of a progressive picture: what all scans so far have said, 64 a block. */
  readonly coefficients: Int16Array | null;
  before: number;
}

interface Frame {
  readonly progressive: boolean;
  readonly components: readonly Component[];
  readonly unitsAcross: number;
  readonly unitsDown: number;
}

interface Scan {
  readonly from: number;
  readonly to: number;
  readonly high: number;
  readonly low: number;
}

/**
 * The grey pixels of a JPEG (ITU-T T.81, baseline and progressive, eight bits a sample). Colours are read over and take
 * no room: brightness alone is kept, of RGB the green, of CMYK the magenta and the black. So a photograph of fifty
 * megapixels takes 50 MB, or 150 where it is progressive. What is missing of a file that is cut off stays grey.
 * Throws `Error` where it is damaged or of another kind.
 */
export function decodeJpeg(file: Uint8Array): Luma {
  return new JpegReader(file).read();
}

class JpegReader {
  private readonly view: DataView;
  private readonly quantization: (Float32Array | undefined)[] = [];
  /** By class and number, as they stand in the file: a table is laid out only when a scan uses it. */
  private readonly tables = new Map<number, Uint8Array | HuffmanTable>();
  private frame: Frame | null = null;
  private restart = 0;
  private adobe: number | null = null;
  private scanned = false;

  constructor(private readonly file: Uint8Array) {
    this.view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  }

  read(): Luma {
    const { file, view } = this;
    for (let at = 2; at + 4 <= file.length; ) {
      const marker = file[at] === 0xff ? (file[at + 1] ?? 0) : 0;
      if (marker === 0 || marker === 0xff || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) {
        at++;
        continue;
      }
      if (marker === 0xd9) break;
      const end = Math.min(file.length, at + 2 + view.getUint16(at + 2));
      const data = file.subarray(at + 4, end);
      at = Math.max(end, at + 4);
      if (marker === 0xdb) this.takeQuantization(data);
      else if (marker === 0xc4) this.takeTables(data);
      else if (marker === 0xdd) this.restart = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
      else if (marker === 0xee && String.fromCharCode(...data.subarray(0, 5)) === 'Adobe')
        this.adobe = data[11] ?? null;
      else if (marker >= 0xc0 && marker <= 0xc2) this.takeFrame(data, marker === 0xc2);
      else if (marker > 0xc2 && marker <= 0xcf && marker !== 0xc8) throw new Error('another kind of JPEG');
      else if (marker === 0xda) at = this.takeScan(data, at);
    }
    if (!this.frame || !this.scanned) throw new Error('no pixels');
    return this.picture(this.frame);
  }

  private takeQuantization(data: Uint8Array): void {
    for (let at = 0; at < data.length; ) {
      const wide = (data[at] ?? 0) > 15;
      const table = new Float32Array(64);
      for (let i = 0; i < 64; i++) {
        const from = at + 1 + (wide ? 2 * i : i);
        table[zigzag[i] ?? 0] = wide ? ((data[from] ?? 0) << 8) | (data[from + 1] ?? 0) : (data[from] ?? 0);
      }
      this.quantization[(data[at] ?? 0) & 3] = table;
      at += wide ? 129 : 65;
    }
  }

  private takeTables(data: Uint8Array): void {
    for (let at = 0; at + 17 <= data.length; ) {
      const symbols = data.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
      this.tables.set(data[at] ?? 0, data.subarray(at + 1, at + 17 + symbols));
      at += 17 + symbols;
    }
  }

  private table(kind: number): HuffmanTable {
    const known = this.tables.get(kind);
    if (!known) throw new Error('no such table');
    if (!(known instanceof Uint8Array)) return known;
    const table = huffmanTable(known);
    this.tables.set(kind, table);
    return table;
  }

  private takeFrame(data: Uint8Array, progressive: boolean): void {
    if (this.frame) throw new Error('two frames');
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (view.getUint8(0) !== 8) throw new Error('not eight bits a sample');
    const [height, width] = [view.getUint16(1), view.getUint16(3)];
    const parts = Array.from({ length: view.getUint8(5) }, (_, i) => ({
      id: view.getUint8(6 + 3 * i),
      h: view.getUint8(7 + 3 * i) >> 4,
      v: view.getUint8(7 + 3 * i) & 15,
      table: view.getUint8(8 + 3 * i),
    }));
    if (parts.length < 1 || parts.length > 4) throw new Error('no such number of colours');
    if (parts.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) throw new Error('no such sampling');
    const [across, down] = [Math.max(...parts.map(({ h }) => h)), Math.max(...parts.map(({ v }) => v))];
    const unitsAcross = Math.ceil(width / (8 * across));
    const unitsDown = Math.ceil(height / (8 * down));
    const kept = this.keptOf(parts.map(({ id }) => id));
    const components = parts.map((part, i): Component => {
      const own = {
        width: Math.ceil((width * part.h) / across),
        height: Math.ceil((height * part.v) / down),
      };
      const blocks = unitsAcross * part.h * unitsDown * part.v;
      return {
        ...part,
        ...own,
        columns: Math.ceil(own.width / 8),
        rows: Math.ceil(own.height / 8),
        stride: unitsAcross * part.h,
        pixels: kept.includes(i) ? new Uint8Array(own.width * own.height).fill(128) : null,
        coefficients: kept.includes(i) && progressive ? new Int16Array(64 * blocks) : null,
        before: 0,
      };
    });
    this.frame = { progressive, components, unitsAcross, unitsDown };
  }

  /** Which components hold the brightness: by Adobe's marker, or their names. */
  private keptOf(ids: readonly number[]): readonly number[] {
    if (ids.length === 4) return this.adobe === 2 ? [0, 3] : [1, 3];
    const named = String.fromCharCode(...ids) === 'RGB';
    return ids.length === 3 && (this.adobe === 0 || (this.adobe === null && named)) ? [1] : [0];
  }

  /** Where the scan ends. */
  private takeScan(data: Uint8Array, at: number): number {
    const { frame } = this;
    if (!frame) throw new Error('a scan before its frame');
    const parts = Array.from({ length: data[0] ?? 0 }, (_, i) => {
      const component = frame.components.find(({ id }) => id === data[1 + 2 * i]);
      if (!component) throw new Error('no such component');
      return { component, tables: data[2 + 2 * i] ?? 0 };
    });
    const tail = 1 + 2 * parts.length;
    const scan: Scan = frame.progressive
      ? {
          from: data[tail] ?? 0,
          to: Math.min(63, data[tail + 1] ?? 0),
          high: (data[tail + 2] ?? 0) >> 4,
          low: (data[tail + 2] ?? 0) & 15,
        }
      : { from: 0, to: 63, high: 0, low: 0 };
    const bits = new JpegBits(this.file, at);
    if (parts.some(({ component }) => component.pixels)) {
      const units = parts.map(({ component, tables }) => ({
        component,
        block: this.blockReader(bits, scan, component, tables),
      }));
      this.walk(frame, units, bits);
      this.scanned = true;
    }
    return bits.nextMarker();
  }

  private walk(
    frame: Frame,
    units: readonly { component: Component; block: (row: number, column: number) => void }[],
    bits: JpegBits,
  ): void {
    const [only, second] = units;
    const alone = only && !second ? only.component : null;
    const across = alone ? alone.columns : frame.unitsAcross;
    const total = across * (alone ? alone.rows : frame.unitsDown);
    for (const { component } of units) component.before = 0;
    bits.run = 0;
    for (let unit = 0; unit < total; unit++) {
      if (this.restart > 0 && unit > 0 && unit % this.restart === 0) {
        if (!bits.restart()) return;
        for (const { component } of units) component.before = 0;
      }
      if (bits.exhausted) return;
      const [row, column] = [Math.floor(unit / across), unit % across];
      for (const { component, block } of units) {
        if (alone) block(row, column);
        else
          for (let j = 0; j < component.v; j++)
            for (let i = 0; i < component.h; i++) block(row * component.v + j, column * component.h + i);
      }
    }
  }

  /** Reads one block of a scan. */
  private blockReader(bits: JpegBits, scan: Scan, component: Component, tables: number) {
    const { from, high, low } = scan;
    const { coefficients, stride } = component;
    const scratch = new Int16Array(64);
    const dc = from === 0 && high === 0 ? this.table(tables >> 4) : null;
    const ac = scan.to > 0 ? this.table(16 | (tables & 15)) : null;
    if (!this.frame?.progressive) {
      if (!dc || !ac) throw new Error('no tables');
      const quantization = this.quantizationOf(component);
      return (row: number, column: number): void => {
        scratch.fill(0);
        component.before += bits.signed(bits.symbol(dc));
        scratch[0] = component.before;
        bits.firstPass(ac, scratch, 0, 1, 63, 0);
        if (component.pixels)
          idctInto(scratch, 0, quantization, component.pixels, component.width, row, column);
      };
    }
    const block = (row: number, column: number): number => (coefficients ? 64 * (row * stride + column) : 0);
    const all = coefficients ?? scratch;
    if (dc)
      return (row: number, column: number): void => {
        component.before += bits.signed(bits.symbol(dc));
        all[block(row, column)] = component.before << low;
      };
    if (from === 0)
      return (row: number, column: number): void => {
        const at = block(row, column);
        all[at] = (all[at] ?? 0) | (bits.bits(1) << low);
      };
    if (!ac) throw new Error('no table');
    if (high === 0)
      return (row: number, column: number): void =>
        bits.firstPass(ac, all, block(row, column), from, scan.to, low);
    return (row: number, column: number): void =>
      bits.refiningPass(ac, all, block(row, column), from, scan.to, low);
  }

  private quantizationOf({ table }: Component): Float32Array {
    const known = this.quantization[table & 3];
    if (!known) throw new Error('no quantization');
    return known;
  }

  private picture(frame: Frame): Luma {
    for (const component of frame.components) {
      const { coefficients, pixels, columns, rows, stride, width } = component;
      if (!coefficients || !pixels) continue;
      const quantization = this.quantizationOf(component);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          idctInto(coefficients, 64 * (row * stride + column), quantization, pixels, width, row, column);
    }
    const [first, black] = frame.components.filter(({ pixels }) => pixels);
    if (!first?.pixels) throw new Error('no brightness');
    const { pixels, width, height } = first;
    if (black?.pixels?.length === pixels.length)
      for (let i = 0; i < pixels.length; i++) pixels[i] = ((pixels[i] ?? 0) * (black.pixels[i] ?? 0)) / 255;
    return { data: pixels, width, height };
  }
}

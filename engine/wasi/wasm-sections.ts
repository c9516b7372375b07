/** The parts of a WebAssembly program, taken apart and put together again. */

/** Of the sections: https://webassembly.github.io/spec/core/binary/modules.html. */
const CUSTOM = 0;
const MEMORY = 5;
const DATA = 11;
const HEADER_BYTES = 8;

/**
 * The program without what it does not need to run (names, debug information), and with a memory that never
 * grows beyond `mostPages`. The bytes given are used up: a large program is not in memory twice. Throws, a bug,
 * for a program whose memory is not its own.
 */
export function boundedProgram(program: Uint8Array, mostPages: number): Uint8Array {
  const sections = sectionsOf(program);
  const kept = sections.filter(({ id }) => id !== CUSTOM);
  const memory = kept.find(({ id }) => id === MEMORY);
  if (memory === undefined) throw new Error("the program has no memory of its own");
  const bounded = memorySection(memory.body, mostPages);
  const grown = bounded.length - memory.whole.length;
  const ends = HEADER_BYTES + kept.reduce((sum, { whole }) => sum + whole.length, 0);
  const isInFront = kept.every((section, at) => section === sections[at]);
  if (isInFront && ends + grown <= program.length) {
    const start = memory.whole.byteOffset - program.byteOffset;
    if (grown !== 0) program.copyWithin(start + bounded.length, start + memory.whole.length, ends);
    program.set(bounded, start);
    return program.subarray(0, ends + grown);
  }
  const parts = kept.map((section) => (section === memory ? bounded : section.whole));
  return Buffer.concat([program.subarray(0, HEADER_BYTES), ...parts]);
}

/** Without what its memory begins with: whoever runs it fills the memory. */
export function withoutData(program: Uint8Array): Uint8Array {
  const kept = sectionsOf(program).filter(({ id }) => id !== CUSTOM && id !== DATA);
  return Buffer.concat([program.subarray(0, HEADER_BYTES), ...kept.map(({ whole }) => whole)]);
}

interface Section {
  readonly id: number;
  readonly body: Uint8Array;
  /** With its id and length. */
  readonly whole: Uint8Array;
}

export function sectionsOf(program: Uint8Array): readonly Section[] {
  const sections: Section[] = [];
  for (let start = HEADER_BYTES; start < program.length;) {
    const { value: length, next } = readNumber(program, start + 1);
    const end = next + length;
    const body = program.subarray(next, end);
    sections.push({ id: program[start] ?? 0, body, whole: program.subarray(start, end) });
    start = end;
  }
  return sections;
}

/** One memory, its first size kept. The most has five bytes whatever it is: to bound a program again moves nothing in it. */
function memorySection(body: Uint8Array, mostPages: number): Uint8Array {
  const { next: limits } = readNumber(body, 0);
  const { value: initial } = readNumber(body, limits + 1);
  const bounded = [1, 1, ...numberBytes(initial), ...fiveBytes(mostPages)];
  return Uint8Array.from([MEMORY, ...numberBytes(bounded.length), ...bounded]);
}

/** An unsigned number of 7 bits a byte, the lowest first. */
export function readNumber(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let next = start, shift = 0; ; shift += 7) {
    const byte = bytes[next++] ?? 0;
    value |= (byte & 127) << shift;
    if ((byte & 128) === 0) return { value: value >>> 0, next };
  }
}

function numberBytes(value: number): readonly number[] {
  const low = value & 127;
  return value > 127 ? [low | 128, ...numberBytes(value >>> 7)] : [low];
}

function fiveBytes(value: number): readonly number[] {
  return [0, 7, 14, 21, 28].map((shift) => ((value >>> shift) & 127) | (shift < 28 ? 128 : 0));
}

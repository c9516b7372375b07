/** The calls of WASI preview 1 that are about the program itself: words, clock, chance, its end. */
import { refuse } from "./errno.ts";
import type { GuestMemory } from "./guest-memory.ts";

/** What a program is started with. */
export interface GuestWorld {
  readonly words: readonly string[];
  /** `NAME=value`; without it there is none. */
  readonly environment?: readonly string[];
  /** Nanoseconds of one of its clocks; 0 is since 1970. May end the program by throwing. */
  readonly time: (clock: number) => bigint;
  /** Fills the bytes with chance. */
  readonly chance: (bytes: Uint8Array) => void;
  /** Waits so many nanoseconds; without it a program cannot wait. */
  readonly sleep?: (nanoseconds: bigint) => void;
}

/** The program has ended itself. */
export class GuestExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`ended with ${code}`);
    this.code = code;
  }
}

const MICROSECOND = 1000n;

export function processCalls(memory: GuestMemory, world: GuestWorld) {
  const { words, environment = [], time, chance, sleep } = world;
  const args = textList(memory, words);
  const variables = textList(memory, environment);
  return {
    args_sizes_get: args.sizes,
    args_get: args.get,
    environ_sizes_get: variables.sizes,
    environ_get: variables.get,
    clock_res_get: (_clock: number, at: number) => {
      memory.writeLong(at, MICROSECOND);
    },
    clock_time_get: (clock: number, _precision: bigint, at: number) => {
      memory.writeLong(at, time(clock));
    },
    random_get: (at: number, length: number) => {
      chance(memory.bytes(at, length));
    },
    poll_oneoff: (asked: number, events: number, count: number, done: number) => {
      if (sleep === undefined) return refuse("notSupported");
      memory.writeWord(done, poll(memory, { asked, events, count }, { time, sleep }));
    },
    sched_yield: () => undefined,
    proc_exit: (code: number) => {
      throw new GuestExit(code);
    },
  };
}

/** A list of texts, as the program asks for it: first how large it is, then the texts and where each begins. */
function textList(memory: GuestMemory, texts: readonly string[]) {
  const encoded = texts.map((text) => new TextEncoder().encode(`${text}\0`));
  return {
    sizes: (count: number, bytes: number) => {
      memory.writeWord(count, encoded.length);
      memory.writeWord(
        bytes,
        encoded.reduce((sum, { length }) => sum + length, 0),
      );
    },
    get: (pointers: number, bytes: number) => {
      let at = bytes;
      for (const [i, text] of encoded.entries()) {
        memory.writeWord(pointers + 4 * i, at);
        memory.bytes(at, text.length).set(text);
        at += text.length;
      }
    },
  };
}

interface Polled {
  readonly asked: number;
  readonly events: number;
  readonly count: number;
}

const SUBSCRIPTION_BYTES = 48;
const EVENT_BYTES = 32;
const ABSOLUTE = 1;
const MOST_POLLED = 1024;

/** Files are always ready; clocks are waited for, up to the first that rings. Gives how many are told. */
function poll(
  memory: GuestMemory,
  { asked, events, count }: Polled,
  { time, sleep }: Required<Pick<GuestWorld, "time" | "sleep">>,
): number {
  if (count === 0 || count > MOST_POLLED) return refuse("invalid");
  const all = Array.from({ length: count }, (_, i) => asked + SUBSCRIPTION_BYTES * i);
  const files = all.filter((at) => memory.readByte(at + 8) !== 0);
  const waits = all.filter((at) => !files.includes(at)).map((at) => ({ at, left: left(at) }));
  function left(at: number): bigint {
    const timeout = memory.readLong(at + 24);
    const isAbsolute = (memory.readByte(at + 40) & ABSOLUTE) !== 0;
    return isAbsolute ? timeout - time(memory.readWord(at + 16)) : timeout;
  }
  const first = waits.reduce((least, each) => (each.left < least ? each.left : least), 1n << 62n);
  if (files.length === 0 && first > 0n) sleep(first);
  const rung = waits.filter((each) => each.left <= first).map(({ at }) => at);
  const told = files.length > 0 ? files : rung;
  for (const [i, at] of told.entries()) {
    const event = events + EVENT_BYTES * i;
    memory.bytes(event, EVENT_BYTES).fill(0);
    memory.writeLong(event, memory.readLong(at));
    memory.writeByte(event + 10, memory.readByte(at + 8));
  }
  return told.length;
}

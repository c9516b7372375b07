/** A program of WebAssembly with a bound to its memory, whatever else stands in it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { boundedProgram, sectionsOf } from "../../engine/wasi/wasm-sections.ts";

const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];
/** A memory of one page and no bound, and an export of it as `m`. */
const MEMORY = [5, 3, 1, 0, 1];
const EXPORT = [7, 5, 1, 1, 109, 2, 0];
const note = (length: number): readonly number[] => [
  0,
  length + 2,
  1,
  110,
  ...Array<number>(length).fill(7),
];

interface Api {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => {
    readonly exports: { readonly m: { grow(pages: number): number } };
  };
}
const api = Reflect.get(globalThis, "WebAssembly") as Api;

describe("a program whose memory is bounded", () => {
  for (const [where, parts] of [
    ["behind the rest", [MEMORY, EXPORT, note(20)]],
    ["behind the rest, and too short to make room", [MEMORY, EXPORT, note(0)]],
    ["in front", [note(20), MEMORY, EXPORT]],
    ["nowhere", [MEMORY, EXPORT]],
  ] as const) {
    it(`is the same without its notes, where they stand ${where}`, () => {
      const whole = Uint8Array.from([...HEADER, ...parts.flat()]);
      const bounded = boundedProgram(whole, 300);
      assert.deepEqual(
        sectionsOf(bounded).map(({ id }) => id),
        [5, 7],
      );
      const { exports } = new api.Instance(new api.Module(bounded));
      assert.equal(exports.m.grow(299), 1);
      assert.throws(() => exports.m.grow(1), RangeError);
    });
  }

  it("is none where it has no memory of its own", () => {
    assert.throws(() => boundedProgram(Uint8Array.from([...HEADER, ...EXPORT]), 1), /no memory/);
  });
});

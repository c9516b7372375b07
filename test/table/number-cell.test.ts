import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { floatText } from "../../engine/base/value-types.ts";
import { integerLength, putFloat, putInteger } from "../../engine/table/csv/number-bytes.ts";
import { numberOfCell } from "../../engine/table/csv/number-cell.ts";

/** The cell stands between other bytes that a careless reader would take for part of it. */
function read(cell: string): number {
  const bytes = new TextEncoder().encode(`9${cell}9`);
  return numberOfCell(bytes, 1, bytes.length - 1);
}

function writtenInteger(value: number): string {
  const bytes = new Uint8Array(40).fill(120);
  const length = integerLength(value);
  putInteger(bytes, 2 + length, value);
  return Buffer.from(bytes.subarray(2, 2 + length)).toString("latin1");
}

function writtenFloat(value: number): string {
  const bytes = new Uint8Array(40).fill(120);
  return Buffer.from(bytes.subarray(2, putFloat(bytes, 2, value))).toString("latin1");
}

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: min, maxLength: max });

const size = fc.oneof(
  digits(1, 25),
  fc.tuple(digits(1, 18), digits(0, 24)).map(([whole, part]) => `${whole}.${part}`),
  digits(1, 24).map((part) => `.${part}`),
);
const exponent = fc.oneof(
  fc.constant(""),
  fc
    .tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "+", "-"), digits(1, 3))
    .map((parts) => parts.join("")),
);
const numeral = fc.tuple(fc.constantFrom("", "+", "-"), size, exponent).map((p) => p.join(""));

describe("a number cell", () => {
  it("reads every numeral as the number it stands for, to the last bit", () => {
    fc.assert(
      fc.property(numeral, (text) => {
        assert.ok(Object.is(read(text), Number(text)), `${text} was read as ${read(text)}`);
      }),
      { numRuns: 3000 },
    );
  });

  it("reads every number back from its own text, to the last bit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.ok(Object.is(read(value === 0 ? "0" : String(value)), value === 0 ? 0 : value));
      }),
      { numRuns: 1000 },
    );
  });

  const valid: [cell: string, value: number][] = [
    ["0", 0],
    ["7", 7],
    ["-0", -0],
    ["+3", 3],
    ["02", 2],
    ["1.0", 1],
    [".5", 0.5],
    ["5.", 5],
    ["1e0", 1],
    ["1E2", 100],
    ["2.50", 2.5],
    ["27.899999618530273", 27.899999618530273],
    ["123456789012", 123456789012],
    ["999999999999999", 999999999999999],
    ["9007199254740993", 9007199254740992],
    ['"12"', 12],
    ['"-1.5"', -1.5],
  ];
  for (const [cell, value] of valid) {
    it(`takes ${cell}`, () => {
      assert.ok(Object.is(read(cell), value));
    });
  }

  const invalid = [
    "",
    '""',
    " 1",
    "1 ",
    "inf",
    "-inf",
    "Infinity",
    "nan",
    "NaN",
    "NA",
    "0x1F",
    "1_000",
    "1,5",
    ".",
    "+",
    "-",
    "-.",
    "+-1",
    "1.2.3",
    "1e",
    "e5",
    "1e+",
    "True",
    "２",
    "1\n",
    '"1""2"',
    '"""1"""',
  ];
  for (const cell of invalid) {
    it(`refuses ${JSON.stringify(cell)}`, () => {
      assert.ok(Number.isNaN(read(cell)));
    });
  }

  it("does not take what lies behind an empty cell for its sign", () => {
    const bytes = new TextEncoder().encode(",-1");
    assert.ok(Number.isNaN(numberOfCell(bytes, 1, 1)));
  });

  it("refuses a very long run of digits with a letter at its end in no time", () => {
    assert.ok(Number.isNaN(read(`${"1".repeat(100_000)}x`)));
  });
});

describe("a number on its way into a file", () => {
  it("is written as digits if it is whole", () => {
    const whole = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer({ min: -2000, max: 2000 }),
      fc.nat().map((n) => 10 ** (n % 16) - (n % 2)),
      fc.constantFrom(0, -0, 9, 10, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 999_999_999, 1e20),
    );
    fc.assert(
      fc.property(whole, (value) => {
        assert.equal(writtenInteger(value), String(BigInt(value)));
      }),
      { numRuns: 2000 },
    );
  });

  it("has the shortest text that reads back, as floatText says", () => {
    const decimal = fc
      .tuple(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.integer({ min: 0, max: 9 }))
      .map(([scaled, decimals]) => Number(`${scaled}e-${decimals}`));
    const float = fc.oneof(
      decimal,
      fc.double(),
      fc.constantFrom(0, -0, NaN, 0.0001, 0.00005, 23.45, 0.1 + 0.2, 1e15, 1e16, 5e-324),
    );
    fc.assert(
      fc.property(float, (value) => {
        assert.equal(writtenFloat(value), floatText(value));
      }),
      { numRuns: 3000 },
    );
  });
});

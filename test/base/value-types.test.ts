import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { byCodePoint, emptyValues, floatText, valueTypes } from "../../engine/base/value-types.ts";

describe("a float as text", () => {
  const texts: readonly (readonly [value: number, text: string])[] = [
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [-2.5, "-2.5"],
    [0.1 + 0.2, "0.30000000000000004"],
    [27.9, "27.9"],
    [123456.789, "123456.789"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [-0.000025, "-2.5e-05"],
    [1.5e-7, "1.5e-07"],
    [5e-324, "5e-324"],
    [1e15, "1000000000000000.0"],
    [2 ** 53, "9007199254740992.0"],
    [9999999999999998, "9999999999999998.0"],
    [1e16, "1e+16"],
    [123456789012345680, "1.2345678901234568e+17"],
    [1e21, "1e+21"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
    [Number.NaN, ""],
  ];
  for (const [value, text] of texts) {
    it(`${value} is ${JSON.stringify(text)}`, () => {
      assert.equal(floatText(value), text);
    });
  }

  it("reads back as the same number and always shows that it is a float", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = floatText(value);
        assert.ok(Object.is(Number(text), value));
        assert.match(text, /^-?\d+(\.\d+)?e[+-]\d{2,3}$|^-?\d+\.\d+$/);
      }),
    );
  });
});

describe("order by code point", () => {
  it("is that of the code points, one by one", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "B", "é", "\uFB01", "\uFFFD", "\u{1F600}", "\u{10FFFF}"),
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const points = (of: string): number[] => Array.from(of, (each) => each.codePointAt(0) ?? 0);
        assert.equal(Math.sign(byCodePoint(a, b)), Math.sign(compareLists(points(a), points(b))));
      }),
      { numRuns: 500 },
    );
  });

  it("puts what lies above U+FFFF last, unlike the order of UTF-16", () => {
    assert.ok(byCodePoint("\u{1F600}", "\uFB01") > 0);
    assert.deepEqual(["\uFB01", "\u{1F600}"].sort(), ["\u{1F600}", "\uFB01"]);
  });

  it("puts the shorter of two texts with one beginning first", () => {
    assert.deepEqual(["ab", "", "a", "B"].sort(byCodePoint), ["", "B", "a", "ab"]);
  });
});

function compareLists(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((point, at) => point !== b[at]);
  return index === -1 ? a.length - b.length : (a[index] ?? 0) - (b[index] ?? -1);
}

describe("value types", () => {
  it("each have a value that stands for nothing recorded", () => {
    assert.deepEqual(Object.keys(emptyValues), [...valueTypes]);
    const texts = valueTypes.filter((type) => emptyValues[type] === "");
    assert.deepEqual(texts, ["str", "date"]);
  });
});

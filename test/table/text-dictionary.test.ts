import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { addText, codeOf, SLACK, textDictionary } from "../../engine/table/csv/text-dictionary.ts";

const COUNT = 300_000;
const LENGTH = 16;

/** Texts of one length, all different, without any order that a hash could profit from. */
function differentTexts(): Buffer {
  const mixed = (i: number, by: number) => (Math.imul(i + 1, by) >>> 0).toString(36);
  const all = Buffer.alloc(COUNT * LENGTH + SLACK);
  for (let i = 0; i < COUNT; i++) {
    const text = `${mixed(i, 0x9e3779b1)}-${mixed(i ^ (i << 11), 0xc2b2ae35)}`;
    all.write(text.padEnd(LENGTH, "."), i * LENGTH, "latin1");
  }
  return all;
}

describe("a dictionary of texts", () => {
  // Among 300,000 texts about ten pairs share a 32-bit hash.
  it("tells apart texts that share a hash", () => {
    const all = differentTexts();
    const dictionary = textDictionary([]);
    dictionary.input = new DataView(all.buffer, all.byteOffset, all.length);
    const codes = (): number[] =>
      Array.from({ length: COUNT }, (_, i) => {
        const [start, end] = [i * LENGTH, (i + 1) * LENGTH];
        const code = codeOf(dictionary, start, end);
        return code >= 0 ? code : addText(dictionary, "", start, end);
      });
    assert.ok(codes().every((code, i) => code === i));
    assert.ok(codes().every((code, i) => code === i));
    assert.equal(dictionary.texts.length, COUNT);
    const hashes = new Set(dictionary.hashes.subarray(0, COUNT));
    assert.ok(hashes.size < COUNT, "no two texts share a hash");
  });
});

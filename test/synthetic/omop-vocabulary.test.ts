import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { vocabularyOf } from "../../engine/synthetic/omop/vocabulary.ts";
import type { RecordedCode } from "../../engine/synthetic/omop/vocabulary.ts";

const code = (of: Partial<RecordedCode>): RecordedCode => ({
  ...{ system: "snomed", code: "1", isMeasured: false, isWanted: false },
  ...of,
});

const some = fc.uniqueArray(
  fc.record({
    system: fc.constantFrom("snomed", "ctv3", "icd10", "opcs4", "dmd", "vaccine"),
    code: fc.stringMatching(/^[A-Z][0-9]{2}[0-9X]?$/),
    isMeasured: fc.boolean(),
    isWanted: fc.boolean(),
  }),
  { selector: (each) => `${each.system} ${each.code}`, maxLength: 60 },
);

describe("the vocabulary of synthetic records", () => {
  it("is the same in whatever order the codes are told", () => {
    const holds = fc.property(some, (codes) => {
      assert.deepEqual(vocabularyOf([...codes].reverse()), vocabularyOf(codes));
    });
    fc.assert(holds, { seed: 11, numRuns: 60 });
  });

  it("has a concept for whatever a study looks for, and refers to no other than its own", () => {
    const holds = fc.property(some, (codes) => {
      const { concepts, codings, mapsTo } = vocabularyOf(codes);
      const known = new Set(concepts.map(({ id }) => id));
      assert.equal(known.size, concepts.length);
      for (const each of codings) {
        assert.ok(known.has(each.source) && known.has(each.standard));
        const asked = codes.find(
          ({ system, code }) => system === each.system && code === each.code,
        );
        if (asked?.isWanted === true && each.system !== "vaccine") assert.notEqual(each.source, 0);
      }
      for (const [from, to] of mapsTo) assert.ok(known.has(from) && known.has(to));
    });
    fc.assert(holds, { seed: 12, numRuns: 60 });
  });

  it("writes hospital codes with their point, and two ways to write one as one concept", () => {
    const asked = [
      code({ system: "icd10", code: "E119" }),
      code({ system: "icd10", code: "E11.9", isWanted: true }),
      code({ system: "icd10", code: "I10X" }),
      code({ system: "opcs4", code: "K401" }),
    ];
    const { concepts, codings } = vocabularyOf(asked);
    const shown = codings.map(({ source }) => concepts.find(({ id }) => id === source)?.code);
    assert.deepEqual(shown, ["E11.9", "E11.9", "I10", "K40.1"]);
    assert.equal(codings[0]?.source, codings[1]?.source);
  });

  it("maps what body mass is made of to the public concepts, with the units that the values have", () => {
    const asked = ["60621009", "27113001", "50373000"].map((each) => code({ code: each }));
    const { codings } = vocabularyOf([...asked, code({ system: "ctv3", code: "229.." })]);
    assert.deepEqual(
      codings.map(({ code: of, standard, unit, domain }) => [of, standard, unit, domain]),
      [
        ["229..", 3036277, 9546, "Measurement"],
        ["27113001", 3025315, 9529, "Measurement"],
        ["50373000", 3036277, 8582, "Measurement"],
        ["60621009", 3038553, 9531, "Measurement"],
      ],
    );
  });
});

/** Marks of cohorts: the same for the same values of the same patients, however the file is read. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { aggregate } from "../../engine/measures/aggregate.ts";
import { openMarking, withPatients } from "../../engine/measures/mark-cohort.ts";
import { wantedColumns } from "../../engine/measures/measure-spec.ts";
import type { CohortMarks } from "../../engine/measures/published-facts.ts";
import { measureOf } from "./measure-of.ts";
import { readingOf } from "./reading-of.ts";

const measures = [measureOf("ill / visits by sex")];
const wanted = withPatients(wantedColumns(measures));

interface Row {
  readonly id: number;
  readonly ill: number;
  readonly visits: number;
  readonly sex: string;
}

async function marksOf(
  rows: readonly Row[],
  { perBlock = 3, secret = "a" }: { perBlock?: number; secret?: string } = {},
): Promise<CohortMarks | null> {
  const header = ["patient_id", "ill", "visits", "sex"];
  const cells = rows.map(({ id, ill, visits, sex }) => [id, ill, visits, sex].map(String));
  const reading = readingOf([header, ...cells], measures, perBlock, wanted);
  const marking = openMarking(secret, wanted);
  await aggregate(reading, measures, "cohort.csv", marking);
  return marking.marks(reading.dictionaries);
}

const gap = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 }));
const number = fc.oneof(fc.constantFrom(0, 0, 0, 1), fc.constantFrom(NaN, 2.5, -1, 1e300, 255));
const cohort = fc
  .array(fc.record({ gap, ill: number, visits: number, sex: fc.constantFrom("F", "M", "") }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((rows) => {
    let id = 0;
    return rows.map(({ gap: step, ...row }): Row => ({ ...row, id: (id += step) }));
  });

describe("the marks of a cohort", () => {
  it("do not depend on how its rows come in blocks", async () => {
    await fc.assert(
      fc.asyncProperty(cohort, fc.integer({ min: 1, max: 12 }), async (rows, perBlock) => {
        assert.deepEqual(await marksOf(rows, { perBlock }), await marksOf(rows));
      }),
      { numRuns: 100 },
    );
  });

  it("change with any value of any patient, and with who the patients are", async () => {
    const other = { ill: 7, visits: 7, sex: "other" } as const;
    await fc.assert(
      fc.asyncProperty(cohort, fc.nat(), async (rows, place) => {
        const at = place % rows.length;
        const before = await marksOf(rows);
        for (const name of ["ill", "visits", "sex"] as const) {
          const after = await marksOf(
            rows.map((row, i) => (i === at ? { ...row, [name]: other[name] } : row)),
          );
          assert.equal(after?.population, before?.population);
          for (const each of ["ill", "visits", "sex"] as const)
            assert.equal(after?.columns[each] === before?.columns[each], each !== name, each);
        }
        const last = rows.length - 1;
        const others = await marksOf(
          rows.map((row, i) => (i === last ? { ...row, id: row.id + 1 } : row)),
        );
        const fewer = await marksOf(rows.slice(0, -1));
        for (const marks of [others, fewer]) {
          assert.notEqual(marks?.population, before?.population);
          assert.notEqual(marks?.columns["ill"], before?.columns["ill"]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("cannot be made without the secret, and tell columns apart", async () => {
    const rows = [1, 2, 3].map((id) => ({ id, ill: 1, visits: 1, sex: "F" }));
    const [one, two] = [await marksOf(rows), await marksOf(rows, { secret: "b" })];
    const all = [one, two].flatMap((marks) => [
      marks?.population,
      ...Object.values(marks?.columns ?? {}),
    ]);
    assert.equal(new Set(all).size, all.length);
  });

  it("do not depend on the order of the patients", async () => {
    await fc.assert(
      fc.asyncProperty(cohort, async (rows) => {
        assert.deepEqual(await marksOf(rows.toReversed()), await marksOf(rows));
      }),
      { numRuns: 50 },
    );
  });

  it("change where two patients exchange their values, whatever these are", async () => {
    const values = fc.constantFrom(0, 1, 2, -1, 2.5, NaN, 2 ** 40, 1e300);
    await fc.assert(
      fc.asyncProperty(cohort, values, values, fc.nat(), async (rows, one, two, place) => {
        fc.pre(!Object.is(one, two) && rows.length > 1);
        const [first, second] = [place % rows.length, (place + 1) % rows.length];
        const having = (a: number, b: number): readonly Row[] =>
          rows.map((row, i) => ({ ...row, ill: i === first ? a : i === second ? b : row.ill }));
        const [before, after] = [await marksOf(having(one, two)), await marksOf(having(two, one))];
        assert.equal(after?.population, before?.population);
        assert.notEqual(after?.columns["ill"], before?.columns["ill"]);
      }),
      { numRuns: 100 },
    );
  });

  it("are none where ids do not tell patients apart", async () => {
    for (const ids of [
      [1, NaN, 2],
      [1, 1.5],
      [-1, 1],
      [1, 2 ** 53 + 2],
      [2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2],
    ])
      assert.equal(await marksOf(ids.map((id) => ({ id, ill: 1, visits: 0, sex: "F" }))), null);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import type { CohortGroups } from "../../engine/backend/backend.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import type { Records } from "../../engine/backend/database/records.ts";
import { gatherGroups } from "../../engine/backend/database/gather-groups.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { groupsNeeded, measureGroups } from "../../engine/measures/grouped-cohort.ts";
import { measureOf } from "../measures/measure-of.ts";
import type { ColumnValues } from "../../engine/table/cohort-schema.ts";
import { checked, events } from "../definition/study-of.ts";
import { everybody, inDatabase } from "./in-database.ts";
import { backendOptions, smallColumns, smallDates, smallRecords } from "./small-records.ts";

const PATIENTS = 57;

/** Every patient's own text, `p1`, `p4` … */
const files = {
  "people.csv": `patient_id,label\n${Array.from({ length: PATIENTS }, (_, i) => `${i * 3 + 1},p${i * 3 + 1}`).join("\n")}\n`,
};
const study = checked({
  ...smallColumns,
  label: [
    "with_value_from_file",
    { f_path: "people.csv", returning: "label", returning_type: "str" },
  ],
  value: events({
    codelist: { system: "ctv3", codes: ["X1...", "X2..."] },
    returning: "numeric_value",
  }),
});
const words = [
  "seen / population by sex",
  "seen / population by label",
  "age / population by label, sex",
  "seen / population by value",
  "seen / population by sex, age",
];
const measures = words.map((each, at) => ({ ...measureOf(each), id: `m${at}` }));

/** All that a session gives back while groups are asked for. */
interface Crossed {
  rows: number;
  readonly small: unknown[];
}

function watched(records: Records, crossed: Crossed): Records {
  const { session } = records;
  const chunks: typeof session.chunks = async function* (statement) {
    for await (const chunk of session.chunks(statement)) {
      crossed.rows += chunk.rows;
      yield chunk;
    }
  };
  const rows: typeof session.rows = async (statement) => {
    const found = await session.rows(statement);
    for (const row of found) crossed.small.push(...Object.values(row));
    return found;
  };
  const number: NonNullable<Records["numbering"]>["number"] = async (...asked) => {
    const numbered = (await records.numbering?.number(...asked)) ?? null;
    crossed.small.push(...(numbered?.texts ?? []));
    return numbered;
  };
  const forget = (): Promise<void> => records.numbering?.forget() ?? Promise.resolve();
  const watchedSession = { ...session, chunks, rows };
  return { ...records, session: watchedSession, numbering: { number, forget } };
}

interface Counted {
  readonly crossed: Crossed;
  readonly groups: readonly CohortGroups[];
}

/** Groups of the measures, where of each way so many are allowed. */
async function counted(workspace: string, options: string, most: number): Promise<Counted> {
  const crossed: Crossed = { rows: 0, small: [] };
  const records = watched(await openRecords(`${everybody}${options}`, workspace), crossed);
  const backend = await databaseBackend(records, backendOptions({ workspace, files }));
  const groups: CohortGroups[] = [];
  try {
    const wanted = { ...groupsNeeded(measures), most };
    const found = backend.groups?.(study, smallDates.map(isoDateOf), wanted) ?? [];
    for await (const each of found) groups.push(each);
  } finally {
    await backend.close();
  }
  return { crossed, groups };
}

function isText(cell: unknown): boolean {
  return typeof cell === "string";
}

function valuesOf(column: ColumnValues): number {
  return new Set<number>(column.type === "str" ? column.codes : column.values).size;
}

describe("a way of grouping that has too many groups", () => {
  for (const [how, options] of [
    ["at once", ""],
    ["for ten patients at a time", "&patients_at_once=10"],
  ] as const) {
    it(`sends none of them, and how many values its columns have: ${how}`, () =>
      inDatabase(smallRecords(PATIENTS), async (workspace) => {
        const { crossed, groups } = await counted(workspace, options, 20);
        // Everybody, and four sexes, at each of three dates: no text of a patient, no age, no value.
        assert.equal(crossed.rows, 3 * 5);
        assert.deepEqual([...new Set(crossed.small.filter(isText))].sort(), [
          "",
          "F",
          "I",
          "M",
          "U",
        ]);
        const { keys, sets } = groupsNeeded(measures);
        const all = await counted(workspace, options, 1000);
        for (const [date, { groups: found }] of groups.entries()) {
          const whole = all.groups[date]?.groups ?? [];
          for (const [at, { tooMany, rows }] of found.entries()) {
            const set = sets[at] ?? [];
            const isFew = set.every((key) => keys[key] === "sex");
            assert.equal(tooMany === null, isFew);
            assert.equal(rows, isFew ? (whole[at]?.rows ?? 0) : 0);
            if (tooMany === null) continue;
            const values = (whole[at]?.keys ?? []).map(valuesOf);
            assert.deepEqual(tooMany, values);
          }
        }
      }));
  }

  it("is a problem of each measure that groups so, with the counts of its own columns", () =>
    inDatabase(smallRecords(PATIENTS), async (workspace) => {
      const { groups } = await counted(workspace, "", 20);
      const refused = (): unknown =>
        measureGroups(groups[0]?.groups ?? [], measures, "the records");
      assert.throws(refused, (error) => {
        assert.ok(error instanceof ProblemError);
        const told = error.problems.map(({ code, message }) => [
          code,
          message.match(/Measure "(\w+)"/)?.[1],
          ...(message.match(/"\w+" \(\d+ values\)/g) ?? []),
        ]);
        const code = "measure-too-many-groups";
        assert.deepEqual(told, [
          [code, "m1", '"label" (57 values)'],
          [code, "m2", '"label" (57 values)', '"sex" (4 values)'],
          [code, "m3", '"value" (46 values)'],
          [code, "m4", '"sex" (4 values)', '"age" (38 values)'],
        ]);
        return true;
      });
    }));

  it("is one too where a label is longer than a cohort file may hold, and the label is not told", () => {
    const codes = Uint32Array.of(0);
    const label = { type: "str", codes, values: ["x".repeat(1 << 16) + "y"] } as const;
    const one = Float64Array.of(1);
    const group = { rows: 1, patients: one, sums: [one], tooMany: null };
    const [, byLabel = measureOf("")] = measures;
    const refused = (): unknown =>
      measureGroups(
        [
          { ...group, keys: [] },
          { ...group, keys: [label] },
        ],
        [byLabel],
        "the records",
      );
    assert.throws(refused, (error) => {
      assert.ok(error instanceof ProblemError);
      const [told] = error.problems;
      assert.equal(told?.code, "text-too-long");
      assert.equal(told.message, 'Column "label" of "the records" has a text of more than 64 KiB.');
      return true;
    });
  });

  it("tells -0 from 0, and what is no number, whatever the database calls it", () => {
    const schema = new Map([["value", { name: "value", type: "float" } as const]]);
    const grouping = { keys: [{ name: "value", dateFormat: null }], sets: [[0], []], numbers: [] };
    const texts = ["-0.0", "0.0", "2.5", "inf", "-Infinity", "nan", "1.0E-5"];
    const gathered = gatherGroups(
      { ...grouping, inOrder: false, countsIds: false },
      { schema, wording: () => ({ numbered: null, tidy: null }) },
    );
    gathered.add({
      rows: texts.length,
      raw: (place, type) => type.from(texts.map(() => place)),
      values: () => texts,
    });
    const [first] = gathered.groups();
    const values = Float64Array.of(-0, 0, 2.5, Infinity, -Infinity, NaN, 1e-5);
    assert.deepEqual(first?.keys, [{ type: "float", values }]);
  });
});

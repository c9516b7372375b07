/** Groups that DuckDB counts in a parquet file, held to those of rows read one after the other. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { countCohortFile } from "../../engine/measures/count-cohort-file.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import { measureTask } from "../../engine/measures/measure-task.ts";
import type { MeasureAnswer } from "../../engine/measures/measure-task.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortColumn, ColumnValues } from "../../engine/table/cohort-schema.ts";
import { parquetOf } from "../table/made-parquet.ts";
import type { Cell, Claims, MadeColumn } from "../table/made-parquet.ts";
import { newFolder, write } from "../table/written-cohort.ts";
import { measureOf } from "./measure-of.ts";

const columns: readonly CohortColumn[] = [
  { name: "ill", type: "bool" },
  { name: "visits", type: "int" },
  { name: "place", type: "str" },
  { name: "month", type: "date", dateFormat: "YYYY-MM" },
  { name: "band", type: "int", mayBeMissing: true },
];

const measures: readonly MeasureSpec[] = [
  "ill / population by place",
  "visits / ill by place, month",
  "visits / population by population",
  "ill / visits by band, ill",
  "ill / ill by visits",
  "population / population by month, place, band",
].map((words, at) => ({
  ...measureOf(words, "hiding small numbers"),
  id: `m${at}`,
  groups: at % 2 === 0 ? "all" : "observed",
}));

interface Row {
  readonly gap: number;
  readonly ill: number;
  readonly visits: number;
  readonly place: string;
  readonly month: number;
  readonly band: number;
}

const row = fc.record({
  gap: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2 ** 45 })),
  ill: fc.nat(1),
  visits: fc.oneof(fc.constantFrom(0, 0, 1), fc.integer({ min: -(2 ** 40), max: 2 ** 40 })),
  place: fc.constantFrom("", "A", "É", "a,b", "1.0", "trail "),
  month: fc.constantFrom(NO_DATE, -1, 0, 30, 40),
  band: fc.constantFrom(NaN, -1, 9, 10),
});

function columnsOf(rows: readonly Row[]): readonly ColumnValues[] {
  let id = 0;
  const numbers = (of: (row: Row) => number) => Float64Array.from(rows, of);
  return [
    { type: "int", values: numbers(({ gap }) => (id += gap)) },
    { type: "bool", values: Uint8Array.from(rows, ({ ill }) => ill) },
    { type: "int", values: numbers(({ visits }) => visits) },
    { type: "str", codes: Uint32Array.from(rows.keys()), values: rows.map(({ place }) => place) },
    { type: "date", values: Int32Array.from(rows, ({ month }) => month) },
    { type: "int", values: numbers(({ band }) => band) },
  ];
}

const secret = "5".repeat(64);
const date = isoDateOf("2020-01-01");

function taskOf(file: string, own: readonly MeasureSpec[] = measures) {
  return measureTask({ file, date, folder: newFolder(), measures: own, secret });
}

async function isCounted(file: string, own: readonly MeasureSpec[] = measures): Promise<boolean> {
  return (await countCohortFile(taskOf(file, own))) !== null;
}

const told = (answer: MeasureAnswer) => (answer.ok ? answer : answer.problems.map((p) => p.code));

describe("groups of a parquet file", () => {
  it("give the bytes, the hidden groups and the marks that rows of a feather file give", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        const cohort = { columns, batches: [columnsOf(rows)], folder: newFolder() };
        const [feather, parquet] = [
          await write({ ...cohort, format: "feather" }),
          await write({ ...cohort, format: "parquet" }),
        ];
        assert.ok(await isCounted(parquet));
        assert.deepEqual(
          told(await measureCohortFile(taskOf(parquet))),
          told(await measureCohortFile(taskOf(feather))),
        );
      }),
      { numRuns: 25 },
    );
  });

  it("give the same beside measures of fractions, and with a row for each patient, for which rows are read", async () => {
    const withDose: readonly CohortColumn[] = [...columns, { name: "dose", type: "float" }];
    const further = ["dose / ill by place, month", "ill / population by dose", "ill / population"];
    const others = further.map((words, at) => ({ ...measureOf(words), id: `r${at}` }));
    const task = (path: string, rest: readonly MeasureSpec[]) =>
      taskOf(path, [...measures.slice(0, 2), ...rest, ...measures.slice(2)]);
    const dose = fc.oneof(fc.constantFrom(0.1, -0, NaN, 1e20), fc.float({ noNaN: true }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(row, dose), { minLength: 1, maxLength: 30 }),
        async (rows) => {
          const doses = Float64Array.from(rows, ([, each]) => each);
          const batch = [
            ...columnsOf(rows.map(([each]) => each)),
            { type: "float", values: doses },
          ] as const;
          const cohort = { columns: withDose, batches: [batch], folder: newFolder() };
          const feather = await write({ ...cohort, format: "feather" });
          const parquet = await write({ ...cohort, format: "parquet" });
          for (const rest of [others.slice(0, 1), others.slice(0, 2), others]) {
            const counted = await countCohortFile(task(parquet, rest));
            assert.deepEqual(
              counted?.rest.map(({ id }) => id),
              rest.map(({ id }) => id),
            );
            const made = await measureCohortFile(task(parquet, rest));
            assert.deepEqual(told(made), told(await measureCohortFile(task(feather, rest))));
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it("are left to whoever reads the rows where sums depend on their order or a number is missing", async () => {
    const one = [{ gap: 1, ill: 1, visits: 3, place: "A", month: 0, band: 9 }];
    const many = [...one, ...one];
    const of = async (change: Partial<Row>, rows: readonly Row[] = many) => {
      const changed = rows.map((each, at) => (at === 1 ? { ...each, ...change } : each));
      return write({ columns, batches: [columnsOf(changed)], format: "parquet" });
    };
    const whole = await of({});
    const dose: CohortColumn = { name: "dose", type: "float" };
    const doses: ColumnValues = { type: "float", values: Float64Array.of(0.1, -0) };
    const withDose = await write({
      columns: [...columns, dose],
      batches: [[...columnsOf(many), doses]],
      format: "parquet",
    });
    const by = (words: string) => [measureOf(words)];
    assert.deepEqual(
      {
        whole: await isCounted(whole),
        "a sum beyond 2^53": await isCounted(await of({ visits: 2 ** 53 - 1 })),
        "a number that could be missing": await isCounted(whole, by("band / population by place")),
        "a number missing in a row": await isCounted(
          await of({ band: NaN }),
          by("band / ill by place"),
        ),
        "a fraction": await isCounted(withDose, by("dose / population by place")),
        "groups of fractions": await isCounted(withDose, by("ill / population by dose")),
        "a row for each patient": await isCounted(whole, by("ill / population")),
        "a text": await isCounted(whole, by("place / population by ill")),
        "a column that is not there": await isCounted(whole, by("nothing / population by ill")),
        "no such file": await isCounted(join(newFolder(), "input.parquet")),
        feather: await isCounted(
          await write({ columns, batches: [columnsOf(one)], format: "feather" }),
        ),
      },
      {
        whole: true,
        "a sum beyond 2^53": false,
        "a number that could be missing": true,
        "a number missing in a row": false,
        "a fraction": false,
        "groups of fractions": false,
        "a row for each patient": false,
        "a text": false,
        "a column that is not there": false,
        "no such file": false,
        feather: false,
      },
    );
  });

  it("are those of the rows, whatever the file's own statistics claim", async () => {
    const [nothing, one] = [0n, 1n];
    const claims = { missing: 0, least: nothing, most: one };
    const made = (own: { readonly claims?: Claims }): string => {
      const columnOf = (name: string, cells: readonly Cell[]): MadeColumn => ({
        ...{ name, physical: "int64", optional: true, codec: "none", ...own },
        groups: [[{ cells, newer: false, coding: "plain" }]],
      });
      const path = join(newFolder(), "input.parquet");
      const table = [
        columnOf("patient_id", [7n, 9n, 2n ** 40n]),
        columnOf("dose", [2n ** 31n, null, 2n ** 62n]),
        columnOf("visits", [2n ** 31n, 5n, 2n ** 51n]),
        columnOf("band", [300n, null, 0n]),
      ];
      writeFileSync(path, parquetOf(table));
      return path;
    };
    for (const words of ["visits / population by band", "dose / visits by band"]) {
      const own = [measureOf(words)];
      const [honest, claiming] = [made({}), made({ claims })];
      assert.equal(await isCounted(claiming, own), await isCounted(honest, own), words);
      assert.deepEqual(
        told(await measureCohortFile(taskOf(claiming, own))),
        told(await measureCohortFile(taskOf(honest, own))),
        words,
      );
    }
  });

  it("of ids beyond 2^53 are counted, without marks", async () => {
    const id: CohortColumn = { name: "patient_id", type: "int", isLong: true };
    const cohort = {
      schema: [id, ...columns],
      batches: [
        {
          rows: 1,
          columns: [
            { type: "long", values: BigInt64Array.of(2n ** 60n) },
            ...columnsOf([{ gap: 1, ill: 1, visits: 3, place: "A", month: 0, band: 9 }]).slice(1),
          ],
        },
      ],
    } as const;
    const { writeCohort } = await import("../../engine/table/write-table.ts");
    const path = join(newFolder(), "input.parquet");
    await writeCohort({ path, format: "parquet", ...cohort });
    const counted = await countCohortFile(taskOf(path));
    assert.deepEqual([counted?.patients, counted?.marks], [1, null]);
  });
});

/** One cohort file whose rows several threads encode: how many, and who, shows nowhere. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { cohortSchema } from "../../engine/backend/cohort-columns.ts";
import { suppliedKinds } from "../../engine/backend/supplied-file/supplied-columns.ts";
import { encodeSuppliedPiece } from "../../engine/backend/supplied-file/supplied-piece.ts";
import { suppliedBatches } from "../../engine/backend/supplied-file/supplied-cohort.ts";
import { openPieceWorkers } from "../../engine/commands/cohorts/piece-workers.ts";
import { writeSuppliedPieces } from "../../engine/commands/cohorts/write-supplied-pieces.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";
import { csvPieces } from "../../engine/table/csv/csv-pieces.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { column, events, studyOf } from "../backend/study-of.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

/** Threads load no sources. */
const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/encode-piece.js"));

const formats = ["csv", "csv.gz"] as const;

const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill, or not", type: "bool" },
  { name: "dose", type: "float" },
  { name: "place", type: "str" },
  { name: "seen", type: "date", dateFormat: "YYYY-MM" },
];

/** Batches of different sizes whose one list of words grows beyond their rows. */
function* batches(): Generator<CohortBatch> {
  const places: string[] = [];
  let first = 1;
  for (const rows of [1, 9000, 3, 12_000]) {
    for (let more = 0; more < 7000; more++) places.push(`place "${places.length}"\n,`);
    const ids = Float64Array.from({ length: rows + 2 }, (_, at) => first + at);
    yield {
      rows,
      columns: [
        { type: "int", values: ids },
        { type: "bool", values: Uint8Array.from(ids, (id) => id % 2) },
        { type: "float", values: ids.map((id) => id / 4) },
        { type: "str", codes: Uint32Array.from(ids, (id) => id % places.length), values: places },
        { type: "date", values: Int32Array.from(ids, (id) => (id % 3 === 0 ? NO_DATE : id)) },
      ],
    };
    first += rows;
  }
}

describe("a cohort file in pieces", () => {
  const folder = scratchFolder();

  it("has the bytes of one thread, whether 1, 2 or 8 encode and pack it, all of it or after the first rows", async () => {
    for (const format of formats) {
      const path = join(folder, `one.${format}`);
      const alone = await writeCohort({ path, format, schema, batches: batches() });
      for (const [count, rowsBefore] of [
        [1, 0],
        [format === "csv" ? 8 : 2, 9000],
      ] as const) {
        const workers = openPieceWorkers({ count, file: BUILT, rowsBefore });
        try {
          const work = workers.workFor("one");
          const written = await writeCohort({ path, format, schema, batches: batches(), work });
          assert.deepEqual(written, alone, `${format}, ${count} threads after ${rowsBefore} rows`);
        } finally {
          await workers.close();
        }
      }
    }
  });

  it("is abandoned with one problem where a thread dies", async () => {
    const here = mkdtempSync(join(folder, "dies-"));
    writeFileSync(join(here, "w.mjs"), "export async function encodePiece() { process.exit(7); }");
    const file = pathToFileURL(join(here, "w.mjs"));
    const workers = openPieceWorkers({ count: 2, file, rowsBefore: 0 });
    const work = workers.workFor("input.csv");
    const path = join(here, "input.csv");
    await assert.rejects(
      writeCohort({ path, format: "csv", schema, batches: batches(), work }),
      (error) => error instanceof ProblemError && error.problems[0]?.code === "cohort-worker-died",
    );
    await workers.close();
    assert.deepEqual(readdirSync(here), ["w.mjs"]);
  });
});

const dated = (date_format: string) => events({ returning: "date", date_format });
const study = studyOf({
  columns: {
    sex: column("sex"),
    flag: events({}),
    bmi: column("most_recent_bmi"),
    day: dated("YYYY-MM-DD"),
    month: dated("YYYY-MM"),
  },
});

const ROWS = 1500;

const PIECE = 2 ** 15;

/** Several pieces, with all that csv allows. */
function goodRows(): string[] {
  const sexes = ["F", '"a ""quoted"", text"', '"two\r\nlines\n"', "", `"${"é\n".repeat(300)}"`];
  const days = ["2021-01-01", "2020-1-5", "NA", "2020-02-29T00:00:00"];
  return Array.from({ length: ROWS }, (_, i) => {
    const cells = [i * 3 - 5, sexes[i % 5], ["T", "0", "NA"][i % 3], (i % 90) / 4, days[i % 4]];
    return `2021-0${(i % 9) + 1},${cells.join(",")}${i % 7 === 0 ? "\r\n" : "\n"}${i % 900 ? "" : "\n"}`;
  });
}

const HEADER = "month,patient_id,sex,flag,bmi,day\n";

describe("a supplied file that several threads read", () => {
  const folder = scratchFolder();
  const good = goodRows();

  async function inPieces(source: string, format: (typeof formats)[number]) {
    const there = mkdtempSync(join(folder, "out-"));
    const path = join(there, `out.${format}`);
    const faults: unknown[] = [];
    const supplied = { source, study, format, path, jobs: 2, pieceBytes: PIECE, workerFile: BUILT };
    try {
      const { rows } = await writeSuppliedPieces(supplied, (fault) => faults.push(fault));
      return { rows, bytes: readFileSync(path), faults };
    } catch {
      return { rows: 0, bytes: null, faults, left: readdirSync(there) };
    } finally {
      rmSync(there, { recursive: true });
    }
  }

  it("is the cohort that one thread makes of it, with quotes over lines and any line ends", async () => {
    const text = `\uFEFF${HEADER}${good.join("")}`.trimEnd();
    const [plain, packed] = [join(folder, "a.csv"), join(folder, "a.csv.gz")];
    writeFileSync(plain, text);
    writeFileSync(packed, gzipSync(text, { level: 1 }));
    const path = join(folder, "one.csv");
    const rows = suppliedBatches(study, plain, "ascending");
    await writeCohort({ path, format: "csv", schema: cohortSchema(study), batches: rows });
    const expected = readFileSync(path);
    assert.ok(expected.length > 4 * PIECE);
    const [ofPlain, ofPacked] = [await inPieces(plain, "csv"), await inPieces(packed, "csv.gz")];
    assert.deepEqual([ofPlain.rows, ofPacked.rows], [ROWS, ROWS]);
    assert.ok(expected.equals(ofPlain.bytes ?? Buffer.alloc(0)));
    assert.ok(expected.equals(gunzipSync(ofPacked.bytes ?? Buffer.alloc(0))));
  });

  /** Whether all pieces can be encoded, without threads. */
  async function isGood(source: string): Promise<boolean> {
    const kinds = suppliedKinds(study, source);
    const header = HEADER.trimEnd().split(",");
    const fields = kinds.map(({ column: { name } }) => header.indexOf(name));
    for await (const piece of csvPieces({ file: source, gzip: false }, PIECE)) {
      if (encodeSuppliedPiece({ piece, kinds, fields }) === null) return false;
    }
    return true;
  }

  /** The file with another row in its last piece. */
  function fileWith(row: string, at = ROWS - 10): string {
    const source = join(folder, "bad.csv");
    const rows = [...good.slice(0, at), row, ...good.slice(at + 1)];
    writeFileSync(source, HEADER + rows.join(""), row.includes("\xff") ? "latin1" : "utf8");
    return source;
  }

  it("is left to the check of one thread where anything in any piece is wrong", async () => {
    const id = (ROWS - 10) * 3 - 5;
    assert.equal(await isGood(fileWith(`2021-01,${id},F,0,1,\n`)), true);
    for (const [what, row] of Object.entries({
      "a row that is too short": `2021-01,${id}\n`,
      "a quote within a text": `2021-01,${id},a"b,0,1,\n`,
      "a quote that stays open": `2021-01,${id},"a,0,1,\n`,
      "a cell that is no flag": `2021-01,${id},F,perhaps,1,\n`,
      "the id of the row before": `2021-01,${id - 3},F,0,1,\n`,
      "no id": `2021-01,,F,0,1,\n`,
      "a text that is too long": `2021-01,${id},${"x".repeat(2 ** 20 + 1)},0,1,\n`,
      "bytes that are not UTF-8": `2021-01,${id},\xff,0,1,\n`,
    })) {
      assert.equal(await isGood(fileWith(row)), false, what);
    }
  });

  it("has no patient twice in two pieces, and leaves nothing where one is", async () => {
    // As long as this, a row begins a piece.
    const source = fileWith(`2021-01,1,${"x".repeat(2 * PIECE)},0,1,\n`, ROWS - 1);
    assert.equal(await isGood(source), true);
    const { bytes, faults, left } = await inPieces(source, "csv");
    assert.deepEqual([bytes, faults.length, left], [null, 1, []]);
  });
});

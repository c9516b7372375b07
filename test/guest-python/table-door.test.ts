/** What a guest is told of a feather file and may hand over to be written, without a guest. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { frameIn, frameOf } from "../../engine/guest-python/tables/frame.ts";
import { tableDoor } from "../../engine/guest-python/tables/table-door.ts";
import type { TableDoor } from "../../engine/guest-python/tables/table-door.ts";

/** Nothing is the engine's own. */
const NONE: ReadonlySet<string> = new Set();
const recorded = join(import.meta.dirname, "recorded/table.feather");
const folder = mkdtempSync(join(tmpdir(), "table-door-"));
after(() => {
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly head: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

async function ask(
  door: TableDoor,
  head: unknown,
  given: { readonly bytes?: Uint8Array; readonly real?: string } = {},
): Promise<Answer> {
  const { bytes = new Uint8Array(), real } = given;
  const file = real === undefined ? null : { name: "output/asked.feather", real };
  const answer = await door.answer({ head, bytes, file });
  const frame = answer === null ? null : frameIn(answer);
  assert.ok(frame !== null);
  return frame as Answer;
}

const opened = (door: TableDoor, real: string): Promise<Answer> =>
  ask(door, { kind: "table-open" }, { real });

interface Column {
  readonly name: string;
}

/** Every column of a file, handed over again to be written as another. */
async function copied(from: string, to: string): Promise<void> {
  const door = tableDoor(NONE);
  const { head } = await opened(door, from);
  const { table, rows, columns, pandas } = head;
  await ask(door, { kind: "table-begin" });
  for (const [at, column] of (columns as readonly Column[]).entries()) {
    const { head: buffers, bytes } = await ask(door, { kind: "table-column", table, column: at });
    const put = { kind: "table-put", column: { ...column, buffers } };
    assert.deepEqual((await ask(door, put, { bytes })).head, {}, column.name);
  }
  await ask(door, { kind: "table-write", rows, pandas });
  writeFileSync(to, (await ask(door, { kind: "table-more" })).bytes);
  await door.close();
}

async function whole(file: string): Promise<readonly unknown[]> {
  const door = tableDoor(NONE);
  const { head } = await opened(door, file);
  const told: unknown[] = [head];
  for (const at of (head["columns"] as readonly unknown[]).keys()) {
    const { head: buffers, bytes } = await ask(door, {
      ...{ kind: "table-column", column: at },
      table: head["table"],
    });
    told.push(buffers, Buffer.from(bytes).toString("hex"));
  }
  await door.close();
  return told;
}

describe("a feather file that pandas wrote", () => {
  it("comes out of a copy as it went in: every type, missing values, categories and its index", async () => {
    const copy = join(folder, "copy.feather");
    await copied(recorded, copy);
    const [first, ...columns] = await whole(recorded);
    const { columns: named } = first as { readonly columns: readonly unknown[] };
    assert.equal(named.length, 27);
    assert.deepEqual(await whole(copy), [first, ...columns]);
  });

  it("is refused by the guest's name for it where it is none", async () => {
    const file = join(folder, "none.feather");
    writeFileSync(file, "patient_id\n1\n");
    const { head } = await opened(tableDoor(NONE), file);
    assert.match(String(head["error"]), /output\/asked\.feather/);
    assert.doesNotMatch(String(head["error"]), /table-door-/);
  });
});

describe("a parquet file", () => {
  const parquet = join(import.meta.dirname, "recorded/table.parquet");
  const asked = { kind: "table-open", format: "parquet" };

  it("is read where the engine itself wrote it, and otherwise never reaches DuckDB", async () => {
    const door = tableDoor(new Set([parquet]));
    assert.equal(typeof (await ask(door, asked, { real: parquet })).head["rows"], "number");
    await door.close();
    const hostile = join(folder, "hostile.parquet");
    writeFileSync(hostile, "PAR1");
    for (const real of [parquet, hostile]) {
      const { head } = await ask(tableDoor(NONE), asked, { real });
      assert.match(String(head["error"]), /reads only what an action of cohortline's own made/);
    }
  });
});

describe("columns that a guest hands over", () => {
  const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(1);
  const buffers = { recorded: null, data: 8, words: null, values: null };
  const number = { name: "n", type: { kind: "int", bits: 64, signed: true }, codes: null, buffers };
  const text = { ...number, type: { kind: "text" }, buffers: { ...buffers, words: ["a"] } };
  const coded = { ...text, codes: { isOrdered: false } };

  for (const [what, column, given] of [
    ["nothing", null, bytes(0)],
    ["fewer bytes than it says", number, bytes(7)],
    ["half a number", { ...number, buffers: { ...buffers, data: 7 } }, bytes(7)],
    ["a negative length", { ...number, buffers: { ...buffers, data: -8 } }, bytes(8)],
    ["a type that is none", { ...number, type: { kind: "int", bits: 7 } }, bytes(8)],
    ["marks of fewer rows", { ...number, buffers: { ...buffers, recorded: 3 } }, bytes(11)],
    ["a text that is not among its words", text, bytes(8)],
    ["codes without values", coded, bytes(8)],
    ["no name", { ...number, name: 1 }, bytes(8)],
  ] as const) {
    it(`are refused where they hold ${what}`, async () => {
      const { head } = await ask(tableDoor(NONE), { kind: "table-put", column }, { bytes: given });
      assert.match(String(head["error"]), /does not hold what it says/);
    });
  }

  it("are of one length, and of tables and columns that are there", async () => {
    const door = tableDoor(NONE);
    await ask(door, { kind: "table-put", column: number }, { bytes: bytes(8) });
    for (const rows of [2, -1, 0.5, "1", undefined]) {
      const { head } = await ask(door, { kind: "table-write", rows });
      assert.match(String(head["error"]), /of one length/);
    }
    for (const question of [
      { kind: "table-column", table: 1, column: 0 },
      { kind: "table-column" },
      { kind: "table-open" },
    ]) {
      assert.match(String((await ask(door, question)).head["error"]), /there is no such/);
    }
  });

  it("are asked for in frames alone", () => {
    const door = tableDoor(NONE);
    for (const head of [null, 7, {}, { kind: "toString" }, { kind: "output" }]) {
      assert.equal(door.answer({ head, bytes: bytes(0), file: null }), null);
    }
    for (const frame of ["", "abc", "\u00ff\u00ff\u00ff\u00ff{}"]) {
      assert.equal(frameIn(Buffer.from(frame, "latin1")), null);
    }
    const frame = frameIn(frameOf({ a: 1 }, [bytes(2)]));
    assert.deepEqual([frame?.head, frame?.bytes.length], [{ a: 1 }, 2]);
  });
});

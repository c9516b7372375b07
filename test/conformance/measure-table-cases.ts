/** measures/: one measure over a small table; single cells of the result are asserted. */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { expectEqual, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";
import { measureFiles } from "./measure-file-cases.ts";

interface InputTable {
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly rows: readonly (readonly (string | number)[])[];
}

interface Assertion {
  readonly row: Readonly<Record<string, string | number>>;
  readonly column: string;
  readonly equals?: string | number;
  readonly is_null?: boolean;
}

interface Expected {
  readonly asserted: readonly Assertion[];
  readonly columns_absent: readonly string[];
  readonly messages_contain: readonly string[];
  readonly reference_output: { columns: string[]; rows: (string | number | null)[][] };
}

type Row = Readonly<Record<string, string>>;

export async function measureTableCase(recorded: Recorded): Promise<void> {
  const input = recorded["input"] as InputTable;
  const expected = recorded["expect"] as Expected;
  const measure = { ...(recorded["measure"] as Recorded), id: "ignored_id" };
  const text = stringify([[...input.columns], ...input.rows.map((row) => [...row])]);
  const { files, messages } = await measureFiles({ "input_2020-01-01.csv": text }, [measure]);
  const rows: Row[] = parse(files["measure_ignored_id_2020-01-01.csv"] ?? "", { columns: true });
  for (const assertion of expected.asserted) check(assertion, rowFor(assertion, rows, input));
  expectEqual(rows.map(numbers), referenceRows(expected.reference_output), "all rows");
  for (const name of expected.columns_absent) {
    if (Object.hasOwn(rows[0] ?? {}, name)) mismatch(`column ${name} is there`);
  }
  for (const wanted of expected.messages_contain) {
    if (!messages.some((said) => said.includes(wanted))) mismatch(`nothing says "${wanted}"`);
  }
}

/** By the input's row label, by position, or by the value of a group column. */
function rowFor({ row }: Assertion, rows: readonly Row[], { index }: InputTable): Row {
  if (row["index"] !== undefined)
    return rows[index.indexOf(row["index"])] ?? mismatch("no such row");
  if (row["position"] !== undefined)
    return rows[Number(row["position"])] ?? mismatch("no such row");
  const [[column, value] = ["", ""]] = Object.entries(row);
  return rows.find((each) => each[column] === String(value)) ?? mismatch(`no row for ${value}`);
}

function check({ column, equals, is_null: isNull }: Assertion, row: Row): void {
  const cell = row[column] ?? mismatch(`no column ${column}`);
  if (isNull === true) expectEqual(cell, "", column);
  else if (typeof equals === "number") expectEqual(Number(cell), equals, column);
  else expectEqual(cell, equals, column);
}

/** Numbers that parse equal are equal; the reference's table has numbers where the file has text. */
function numbers(row: Row): readonly (string | number | null)[] {
  return Object.values(row).map((cell) => {
    if (cell === "") return null;
    return Number.isNaN(Number(cell)) ? cell : Number(cell);
  });
}

function referenceRows({ rows }: Expected["reference_output"]) {
  return rows.map((row) => row.map((cell) => cell));
}

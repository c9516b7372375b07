/** Whether a table has a row for each patient, whatever its columns are called. decisions.md 25. */
import { eachRow } from "./table-size.ts";

/** A table small enough to be looked at whole. */
export interface HeldTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Names by which people call a patient's number, without case and punctuation. */
const ID_NAMES = new Set([
  "patientid",
  "patid",
  "patientidentifier",
  "patientnumber",
  "pseudopatientid",
  "personid",
  "nhsnumber",
]);

/** A header that holds a patient's number. */
export function idColumn(header: readonly string[]): string | null {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return header.find((name) => ID_NAMES.has(plain(name))) ?? null;
}

const FEW = 10;

/** Columns of NHS numbers: ten digits, the last one a checksum that few other numbers pass. */
export function nhsNumberColumn({ header, rows }: HeldTable): string | null {
  if (rows.length < FEW) return null;
  const at = header.findIndex((_, i) => rows.every((row) => isNhsNumber(row[i] ?? "")));
  return header[at] ?? null;
}

function isNhsNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  if (!/^\d{10}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  const sum = Array.from(digits.slice(0, 9)).reduce((s, d, i) => s + Number(d) * (10 - i), 0);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

/** What one file of patients says of a table. */
export interface Resemblance {
  /** A column that holds patients' numbers under another name. */
  readonly ids: string | null;
  /** A column that is a patients' column, value for value, with as many rows. */
  readonly copied: string | null;
}

/**
 * Compares a table with a file of patients, which may be of any length. A column holds their numbers
 * if its values differ from one another, are all among theirs, and are most of them or too far apart
 * to be there by chance. A column is copied if both tables have as many rows and it has the same
 * values, in any order.
 */
export async function resemblance(table: HeldTable, patients: string): Promise<Resemblance> {
  const watch = new PatientWatch(table);
  await eachRow(patients, (cells) => {
    watch.take(cells);
  });
  return { ids: watch.idsIn(), copied: watch.copied() };
}

class PatientWatch {
  readonly #table: HeldTable;
  readonly #candidates: readonly { readonly column: number; readonly values: Set<string> }[];
  readonly #unseen: Set<string>[];
  #header: readonly string[] | null = null;
  #id = -1;
  #patients = 0;
  #lowest = Infinity;
  #highest = -Infinity;
  #sums: bigint[] = [];

  constructor(table: HeldTable) {
    this.#table = table;
    this.#candidates = table.header.flatMap((_, column) => {
      const values = new Set(table.rows.map((row) => row[column] ?? ""));
      const distinct = values.size === table.rows.length && values.size >= FEW;
      return distinct && !values.has("") ? [{ column, values }] : [];
    });
    this.#unseen = this.#candidates.map(({ values }) => new Set(values));
  }

  take(cells: readonly string[]): void {
    if (this.#header === null) {
      this.#header = cells;
      this.#id = cells.indexOf(idColumn(cells) ?? "");
      this.#sums = cells.map(() => 0n);
      return;
    }
    this.#patients += 1;
    this.#sums = this.#sums.map((sum, i) => sum + valueHash(cells[i] ?? ""));
    const id = cells[this.#id];
    if (id === undefined) return;
    this.#lowest = Math.min(this.#lowest, Number(id));
    this.#highest = Math.max(this.#highest, Number(id));
    for (const unseen of this.#unseen) unseen.delete(id);
  }

  idsIn(): string | null {
    const found = this.#candidates.find(
      ({ values }, i) => this.#unseen[i]?.size === 0 && this.#cannotBeChance(values.size),
    );
    return found === undefined ? null : (this.#table.header[found.column] ?? null);
  }

  #cannotBeChance(values: number): boolean {
    const span = this.#highest - this.#lowest + 1;
    return values * 2 >= this.#patients || this.#patients * 10 < span;
  }

  /** Only of columns with several values: one value for all is no sign. */
  copied(): string | null {
    const { header, rows } = this.#table;
    if (rows.length !== this.#patients || rows.length < FEW) return null;
    const at = header.findIndex((_, column) => {
      const values = rows.map((row) => row[column] ?? "");
      const sum = values.reduce((total, value) => total + valueHash(value), 0n);
      return new Set(values).size > 2 && this.#sums.includes(sum);
    });
    return header[at] ?? null;
  }
}

const PRIME = 1_099_511_628_211n;
const MASK = (1n << 64n) - 1n;
const hashes = new Map<string, bigint>();
const MOST_KEPT = 100_000;

/** FNV-1a of 64 bits; sums of it do not depend on the order of rows. */
function valueHash(text: string): bigint {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  let hash = 14_695_981_039_346_656_037n;
  for (let i = 0; i < text.length; i++) {
    hash = ((hash ^ BigInt(text.charCodeAt(i))) * PRIME) & MASK;
  }
  if (hashes.size < MOST_KEPT) hashes.set(text, hash);
  return hash;
}

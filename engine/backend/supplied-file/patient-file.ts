/** A file that a study reads values from, by patient. */
import { gunzipSync } from "node:zlib";

import { nearestNames } from "../../base/nearest.ts";
import { fail } from "../problems.ts";
import { fail as failOfFiles } from "../../files/problems.ts";
import { fail as failOfTable } from "../../table/problems.ts";
import type { ByteSource } from "../../table/csv/byte-source.ts";
import { readPatientId } from "./read-cell.ts";
import { readTextRows } from "../../table/csv/text-rows.ts";
import type { TextRow } from "../../table/csv/text-rows.ts";

/** The bytes of a file inside the workspace; finding it there is the caller's work. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

export type PatientId = number | bigint;

export interface PatientFile {
  readonly path: string;
  readonly header: readonly string[];
  /** By id: a bigint only where no number holds it. */
  readonly rows: ReadonlyMap<PatientId, TextRow>;
}

/**
 * Reads the whole file. Problems: those of a csv file, patient-file-column without patient_id,
 * patient-file-id, patient-file-repeated.
 */
export async function readPatientFile(
  path: string,
  readFile: ReadFile,
  readId: (text: string) => PatientId | null = readPatientId,
): Promise<PatientFile> {
  const bytes = await readFile(path);
  const plain = path.endsWith(".gz") ? unpacked(path, bytes) : bytes;
  const table = await readTextRows(path, memorySource(plain));
  const place = placeOf(path, table.header, "patient_id");
  const rows = new Map<PatientId, TextRow>();
  for await (const row of table.rows) {
    const text = row.cells[place] ?? "";
    const id = readId(text) ?? fail("patient-file-id", { file: path, row: row.number });
    const first = rows.get(id)?.number;
    if (first !== undefined) fail("patient-file-repeated", { file: path, row: row.number, first });
    rows.set(id, row);
  }
  return { path, header: table.header, rows };
}

/** Where the column stands in each row. Problem: patient-file-column. */
export function placeOf(file: string, header: readonly string[], column: string): number {
  const place = header.indexOf(column);
  if (place >= 0) return place;
  const nearest = nearestNames(column, header);
  return fail("patient-file-column", { file, column, header, nearest });
}

/** The whole file is in memory: what was small when packed may not be. */
const MOST_BYTES = 1 << 30;

function unpacked(file: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if (error instanceof RangeError) failOfFiles("file-too-large", { file, most: MOST_BYTES });
    return failOfTable("broken-gzip", { file });
  }
}

function memorySource(bytes: Uint8Array): ByteSource {
  let used = 0;
  return {
    read: (into, at) => {
      const part = bytes.subarray(used, used + into.length - at);
      into.set(part, at);
      used += part.length;
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
}

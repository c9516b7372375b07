/** A measure's file as csv text, in whichever of its formats it lies. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { formatOf } from "../../base/file-names.ts";
import { fail } from "../../files/problems.ts";
import { readSmallFile } from "../../files/small-file.ts";
import { quotedField } from "../../table/csv/quoted-field.ts";
import { readTable } from "../../table/read-table.ts";

/** More than a release may have. */
const LARGEST = 2 ** 29;

export interface PublishedText {
  readonly bytes: Buffer;
  readonly text: string;
  /** Of the file itself. */
  readonly sha256: string;
}

/** Problems: those of `readSmallFile` and `readTable`. */
export async function publishedText(path: string): Promise<PublishedText> {
  const bytes = readSmallFile(path, { most: LARGEST, follow: true });
  if (bytes === null) return fail("file-not-found", { file: path });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const isText = formatOf(basename(path)) === "csv";
  return { bytes, sha256, text: isText ? bytes.toString("utf8") : await tableText(path) };
}

async function tableText(path: string): Promise<string> {
  const lines: string[] = [];
  for await (const { cells } of readTable(path)) lines.push(lineOf(cells));
  return lines.join("");
}

export function lineOf(cells: readonly string[]): string {
  return `${cells.map(quotedField).join(",")}\n`;
}

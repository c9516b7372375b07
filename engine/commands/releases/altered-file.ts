/** A measure's file that is not as generate_measures wrote it: what shows that it was changed, and where. */
import { createHash } from "node:crypto";
import { isUtf8 } from "node:buffer";
import { formatOf } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { oddCell } from "../../audit/describe/odd-cell.ts";
import { publishedTables } from "../../audit/describe/published-table.ts";
import type { Release } from "../../audit/describe/description.ts";
import { csvRows } from "../../text/csv-rows.ts";
import { problem } from "./problems.ts";
import { lineOf } from "./published-text.ts";

export interface AlteredFile {
  /** As messages name it. */
  readonly folder: string;
  readonly file: string;
  readonly bytes: Buffer;
  /** That it had. */
  readonly sha256: string;
  /** It alone, so far as it is in the model; null where something of it is not. */
  readonly release: Release | null;
}

/** No cell of it is shown. */
export function alteredProblem(altered: AlteredFile): Problem {
  const { folder, file } = altered;
  return problem("audit-file-altered", { folder, file, ...howAltered(altered) });
}

function howAltered(altered: AlteredFile): { readonly says: string | null; isSaved: boolean } {
  const { file, bytes, release } = altered;
  if (formatOf(file) === "csv") {
    if (!isUtf8(bytes)) return { says: "it is not UTF-8 text", isSaved: true };
    const how = savedAgain(bytes.toString("utf8"), altered.sha256);
    if (how !== null) return { says: how, isSaved: true };
  }
  return { says: release === null ? null : whatIsOdd(release), isSaved: false };
}

/** Where every cell is still as it was. */
function savedAgain(text: string, sha256: string): string | null {
  const rows = csvRows(text).map((row) => lineOf(row.cells()));
  const hash = createHash("sha256").update(rows.join("")).digest("hex");
  if (hash !== sha256) return null;
  const ways = [
    ...(text.startsWith("\uFEFF") ? ["a byte order mark"] : []),
    ...(text.includes("\r") ? ["other line ends"] : []),
    ...(text.includes('"') ? ["quotes"] : []),
    ...(text.endsWith("\n") ? [] : ["no line end behind the last row"]),
  ];
  return `its cells are as they were, but another program saved it, with ${ways.join(" and ") || "empty lines"}`;
}

function whatIsOdd(release: Release): string | null {
  try {
    const [odd] = publishedTables(release).flatMap((table) => oddCell(table) ?? []);
    if (odd === undefined) return null;
    return `row ${odd.row}, column ${JSON.stringify(odd.column)} cannot have been written so`;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]?.message ?? null;
    throw error;
  }
}

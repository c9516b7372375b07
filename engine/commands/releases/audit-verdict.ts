/** What an audit found, by file, without a number of any of them. */
import { fileOfFigure } from "../../audit/describe/figure-name.ts";
import { posix } from "node:path";
import type { AuditResult } from "../../audit/audit-result.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";

export interface AuditVerdict {
  readonly releasable: boolean;
  /** Those of the folder itself, without earlier releases. */
  readonly files: readonly FileVerdict[];
}

export interface FileVerdict {
  /** From the workspace. */
  readonly path: string;
  readonly sha256: string;
  /** How many numbers of it can be worked out. */
  readonly leaks: number;
  readonly undecided: number;
}

/** `folder` is the name by which the result calls the folder that was audited. */
export function auditVerdict(result: AuditResult, folder: string): AuditVerdict {
  const { releasable, inputs, cells } = result;
  const own = inputs.filter(({ release }) => release === folder);
  const leaks = filesOf(cells.filter(({ unsafe }) => unsafe));
  const undecided = filesOf(cells.filter(({ verdict }) => verdict === "undecided"));
  const files = own.map(({ release, file, sha256 }) => {
    const named = `${release}/${file}`;
    const path = posix.join(release, file);
    return {
      ...{ path, sha256 },
      ...{ leaks: leaks.get(named) ?? 0, undecided: undecided.get(named) ?? 0 },
    };
  });
  return { releasable, files };
}

/** In how many cells each file has a figure. */
function filesOf(cells: AuditResult["cells"]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { figures } of cells) {
    const files = new Set(figures.map(fileOfFigure));
    for (const file of files) found.set(file, (found.get(file) ?? 0) + 1);
  }
  return found;
}

/** One line, without a number of any file. */
export function verdictLine({ releasable, cells, undecided, contradiction }: AuditResult): string {
  const leaks = cells.filter(({ unsafe }) => unsafe).length;
  const of = `of ${groupedDigits(cells.length)} numbers that are or may be small`;
  if (releasable) return `Releasable: ${of}, none can be worked out`;
  if (contradiction !== null) {
    return `Not releasable: ${contradiction.tables.length} tables cannot all be true`;
  }
  const parts = [
    ...(leaks === 0 ? [] : [`${groupedDigits(leaks)} can be worked out`]),
    ...(undecided.length === 0 ? [] : [`${groupedDigits(undecided.length)} are undecided`]),
  ];
  if (parts.length === 0) return "Not releasable: a file has a row for each patient";
  return `Not releasable: ${of}, ${parts.join(" and ")}`;
}

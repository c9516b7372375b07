/** What an audit says of each file, in words: nowhere the number that can be worked out. */
import type { AuditedCell, AuditResult } from "./audit-result.ts";
import { cellText } from "./describe/cell-name.ts";

export interface FileVerdict {
  readonly release: string;
  readonly file: string;
  readonly patientLevel: boolean;
  /** Numbers that are or may be small. */
  readonly numbers: number;
  readonly safe: number;
  readonly undecided: number;
  /** What can be worked out. */
  readonly leaks: readonly LeakInWords[];
  /** How many more there are. */
  readonly more: number;
}

export interface LeakInWords {
  readonly says: string;
  /** Figures that are published, and what they add up to; what follows from them is left to whoever may know it. */
  readonly steps: readonly string[];
  readonly who: string;
}

/** Of one file; thousands would be no page. */
const MOST_LEAKS = 25;

export function fileVerdicts(result: AuditResult): readonly FileVerdict[] {
  const byFile = new Map<string, AuditedCell[]>();
  for (const cell of result.cells) {
    for (const name of filesOf(cell)) {
      const own = byFile.get(name);
      if (own === undefined) byFile.set(name, [cell]);
      else own.push(cell);
    }
  }
  return result.inputs.map(({ release, file, patientLevel }) => {
    const cells = byFile.get(`${release}/${file}`) ?? [];
    const leaks = cells.filter(({ unsafe }) => unsafe);
    const countOf = (verdict: AuditedCell["verdict"]): number =>
      cells.filter((cell) => cell.verdict === verdict).length;
    return {
      ...{ release, file, patientLevel, numbers: cells.length },
      ...{ safe: countOf("safe"), undecided: countOf("undecided") },
      leaks: leaks.slice(0, MOST_LEAKS).map((cell) => inWords(result, cell)),
      more: Math.max(0, leaks.length - MOST_LEAKS),
    };
  });
}

/** `RELEASE/FILE` of each of its figures. */
function filesOf({ figures }: AuditedCell): ReadonlySet<string> {
  return new Set(figures.map((figure) => figure.replace(/:\d+:[^:]*$/, "")));
}

/** The last step is what follows: the number itself. */
function inWords({ proofs }: AuditResult, cell: AuditedCell): LeakInWords {
  const steps = proofs[cell.proof ?? ""]?.steps ?? [];
  const { attacker } = cell;
  return {
    says: cellText(cell),
    steps: steps.slice(0, -1).map(({ says }) => says),
    who: attacker === "sums" ? "whoever adds up" : "whoever knows how numbers are hidden",
  };
}

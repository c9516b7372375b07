/** What can be worked out, each with the figures by which: in words, and never with the number itself. */
import type { AuditedCell, AuditProof, AuditResult } from "../../audit/audit-result.ts";
import { cellText } from "../../audit/describe/cell-name.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { fileOfFigure } from "../../audit/describe/figure-name.ts";

const MOST_PROOFS = 500;
const MOST_CELLS = 20;

/** Of all files, or of those that hold of `isWanted`. */
export function leaksSection(
  { cells, proofs, policy }: AuditResult,
  isWanted: (file: string) => boolean = () => true,
): Html {
  const leaks = cells.filter(
    ({ unsafe, figures }) => unsafe && figures.some((figure) => isWanted(fileOfFigure(figure))),
  );
  if (leaks.length === 0) return markup``;
  const groups = [...byProof(leaks)];
  const more = groups.length - MOST_PROOFS;
  return markup`<h2>What can be worked out</h2>
${groups.slice(0, MOST_PROOFS).map(([id, own]) => leakBlock(own, proofs[id], policy.minValues))}
${more > 0 ? markup`<p>And by ${groupedDigits(more)} more proofs.</p>` : null}`;
}

function byProof(leaks: readonly AuditedCell[]): ReadonlyMap<string, readonly AuditedCell[]> {
  const groups = new Map<string, AuditedCell[]>();
  for (const leak of leaks) {
    const id = leak.proof ?? "";
    const found = groups.get(id);
    if (found === undefined) groups.set(id, [leak]);
    else found.push(leak);
  }
  return groups;
}

function leakBlock(
  cells: readonly AuditedCell[],
  proof: AuditProof | undefined,
  minValues: number,
): Html {
  const more = cells.length - MOST_CELLS;
  const [first] = cells;
  return markup`<section class="leak"><ul>${cells.slice(0, MOST_CELLS).map((cell) => markup`<li>${cellText(cell)}: <strong>${leftText(cell, minValues)}</strong></li>`)}
${more > 0 ? markup`<li>and ${groupedDigits(more)} more alike</li>` : null}</ul>
${proof === undefined ? null : proofHtml(proof, first?.attacker ?? "rules")}</section>`;
}

function leftText({ verdict }: AuditedCell, minValues: number): string {
  return verdict === "exact"
    ? "only one value is possible"
    : `fewer than ${minValues} values are possible`;
}

const HOW: Readonly<Record<AuditProof["kind"], string>> = {
  shown: "It stands in the file as it is.",
  sum: "What is shown is taken from a total; the rest is what is hidden.",
  chain: "Each of these sums narrows what the next one leaves, until so few values are left.",
  combination: "These sums, each taken so many times, leave so few values.",
  cases: "Every way in which the blanks can have been hidden leaves so few values.",
};

function proofHtml({ kind, figures }: AuditProof, attacker: string): Html {
  const who =
    attacker === "sums"
      ? "Whoever adds up can do it."
      : "Whoever knows how numbers are hidden can do it.";
  return markup`<p>${HOW[kind]} ${who} Used are:</p>
<div class="wide"><table><tr><th>File</th><th>Column</th><th>Rows below the header</th></tr>
${usedFigures(figures).map(({ file, column, rows }) => markup`<tr><td>${file}</td><td>${column}</td><td>${rows}</td></tr>`)}</table></div>`;
}

interface UsedFigures {
  readonly file: string;
  readonly column: string;
  /** `1 to 20, 23` */
  readonly rows: string;
}

function usedFigures(figures: readonly string[]): readonly UsedFigures[] {
  const rowsOf = new Map<string, { file: string; column: string; rows: number[] }>();
  for (const figure of figures) {
    const [, row = "", column = ""] = /:(\d+):([^:]*)$/.exec(figure) ?? [];
    const file = fileOfFigure(figure);
    const key = JSON.stringify([file, column]);
    const found = rowsOf.get(key) ?? { file, column, rows: [] };
    found.rows.push(Number(row));
    rowsOf.set(key, found);
  }
  return [...rowsOf.values()].map((each) => ({ ...each, rows: rangesText(each.rows) }));
}

/** Sorted: `1 to 3, 5`. */
export function rangesText(rows: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && row <= last[1] + 1) last[1] = row;
    else ranges.push([row, row]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(", ");
}

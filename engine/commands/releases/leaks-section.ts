/** What can be worked out, each with the figures by which: in words, and never with the number itself. */
import type { AuditedCell, AuditProof, AuditResult } from "../../audit/audit-result.ts";
import type { Attacker } from "../../audit/describe/description.ts";
import { cellText } from "../../audit/describe/cell-name.ts";
import { fileOfFigure } from "../../audit/describe/figure-name.ts";
import { rangesText } from "../../base/ranges-text.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { fileNameHtml } from "./file-name-html.ts";

const MOST_PROOFS = 500;
const MOST_CELLS = 60;

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
  const small = new Set(cells.flatMap(({ figures }) => figures));
  return markup`<h2>What can be worked out, and how</h2>
${groups
  .slice(0, MOST_PROOFS)
  .map(([id, own]) => leakBlock(own, proofs[id], { minValues: policy.minValues, small }))}
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

interface Of {
  readonly minValues: number;
  /** Every figure that is or may be small. */
  readonly small: ReadonlySet<string>;
}

function leakBlock(cells: readonly AuditedCell[], proof: AuditProof | undefined, of: Of): Html {
  const [first] = cells;
  const groups = [...alike(cells, of.minValues)].map(([what, labels]) => leakLine(what, labels));
  return markup`<section class="leak">${groups}
${proof === undefined ? null : proofHtml(proof, cells, { ...of, attacker: first?.attacker ?? "rules" })}</section>`;
}

/** What differs in nothing but the label of one column, as one line with these labels. */
function alike(
  cells: readonly AuditedCell[],
  minValues: number,
): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  for (const cell of cells) {
    const labels = Object.entries(cell.groups);
    const [one] = labels;
    const isOne = labels.length === 1 && one !== undefined;
    const name = isOne ? `${cellText({ ...cell, groups: {} })}, by ${one[0]}` : cellText(cell);
    const what = `${name}: ${leftText(cell, minValues)}`;
    const found = lines.get(what) ?? [];
    lines.set(what, found);
    if (isOne) found.push(one[1] === "" ? "(missing)" : one[1]);
  }
  return lines;
}

function leakLine(what: string, labels: readonly string[]): Html {
  const more = labels.length - MOST_CELLS;
  const at = what.lastIndexOf(": ");
  const shown = labels
    .slice(0, MOST_CELLS)
    .reduce(
      (list, label, place) => markup`${list}${place === 0 ? "" : ", "}<bdi>${label}</bdi>`,
      markup``,
    );
  const rest = more > 0 ? ` and ${groupedDigits(more)} more` : "";
  return markup`<h3>${what.slice(0, at)}: <mark>${what.slice(at + 2)}</mark></h3>
${labels.length === 0 ? null : markup`<p>${labels.length === 1 ? "Of" : `Each of ${groupedDigits(labels.length)}:`} ${shown}${rest}.</p>`}`;
}

function leftText({ verdict }: AuditedCell, minValues: number): string {
  return verdict === "exact"
    ? "only one value is possible"
    : `fewer than ${minValues} values are possible`;
}

const HOW: Readonly<Record<AuditProof["kind"], string>> = {
  shown: "They stand in the file as they are.",
  sum: "What is shown is taken from a total; the rest is what is hidden.",
  chain: "Each of these sums narrows what the next one leaves, until so few values are left.",
  combination: "These sums, each taken so many times, leave so few values.",
  cases: "Every way in which the blanks can have been hidden leaves so few values.",
};

const WHO = {
  shown: "Whoever opens it can do it.",
  sums: "Whoever adds up can do it.",
  rules: "Whoever knows how numbers are hidden can do it.",
} as const;

function proofHtml(
  { kind, steps, figures }: AuditProof,
  cells: readonly AuditedCell[],
  { small, attacker }: Of & { readonly attacker: Attacker },
): Html {
  const leaks = new Set(cells.flatMap((cell) => cell.figures));
  const told = steps.slice(0, -1).map(({ from }) => from);
  // A step is of one table and column; figures that no step names are used as well.
  const named = new Set(told.flat());
  const rest = figures.filter((figure) => !named.has(figure));
  const used = [...told, rest].flatMap(usedFigures);
  return markup`<p>${HOW[kind]} ${WHO[kind === "shown" ? kind : attacker]} Used are these figures, <mark>marked</mark> those that can be worked out:</p>
<div class="wide" tabindex="0" role="region" aria-label="Figures used"><table><thead><tr><th scope="col">Step</th><th scope="col">File</th><th scope="col">Column</th><th scope="col">Rows, from 1 below the header</th></tr></thead><tbody>
${used.map(({ file, column, figures: own }, at) => markup`<tr><td>${at + 1}</td><td class="path">${fileNameHtml(file)}</td><td><bdi>${fileNameHtml(column)}</bdi></td><td>${rowsHtml(own, leaks, small)}</td></tr>`)}</tbody></table></div>`;
}

function rowsHtml(
  figures: readonly string[],
  leaks: ReadonlySet<string>,
  small: ReadonlySet<string>,
): readonly Html[] {
  const marked = figures.filter((figure) => leaks.has(figure));
  const hidden = figures.filter((figure) => !leaks.has(figure) && small.has(figure));
  const shown = figures.filter((figure) => !leaks.has(figure) && !small.has(figure));
  return [
    ...(shown.length === 0 ? [] : [markup`<div>shown in ${rowsOf(shown)}</div>`]),
    ...(hidden.length === 0 ? [] : [markup`<div>hidden or small too: ${rowsOf(hidden)}</div>`]),
    ...(marked.length === 0
      ? []
      : [markup`<div><mark>can be worked out: ${rowsOf(marked)}</mark></div>`]),
  ];
}

interface UsedFigures {
  readonly file: string;
  readonly column: string;
  readonly figures: readonly string[];
}

/** By file and column. */
function usedFigures(figures: readonly string[]): readonly UsedFigures[] {
  const found = new Map<string, UsedFigures & { figures: string[] }>();
  for (const figure of figures) {
    const file = fileOfFigure(figure);
    const column = figure.slice(figure.lastIndexOf(":") + 1);
    const key = JSON.stringify([file, column]);
    const own = found.get(key) ?? { file, column, figures: [] };
    found.set(key, own);
    own.figures.push(figure);
  }
  return [...found.values()];
}

/** `rows 1 to 3, 5` */
function rowsOf(figures: readonly string[]): string {
  const rows = figures.map((figure) => Number(/:(\d+):[^:]*$/.exec(figure)?.[1]));
  return `${rows.length === 1 ? "row" : "rows"} ${rangesText(rows)}`;
}

/** What can be worked out, for a terminal: numbers that are told in one way together, each file once. */
import { visibleText } from "../base/visible-text.ts";
import { firstNames } from "../base/wording.ts";
import type { AuditedCell, AuditProof, AuditResult } from "./audit-result.ts";
import { cellText } from "./describe/cell-name.ts";
import { fileOfFigure } from "./describe/figure-name.ts";

const MOST_GROUPS = 20;
const MOST_LABELS = 3;
const MOST_FILES = 4;

/** Each number with its value where `showsValues`; otherwise no value, and of many groups the first ones. */
export function leakLines(
  { proofs }: AuditResult,
  leaks: readonly AuditedCell[],
  showsValues: boolean,
): readonly string[] {
  const groups = [...grouped(leaks, proofs).values()];
  const most = showsValues ? groups.length : MOST_GROUPS;
  const more = groups.length - most;
  const rest = groups.slice(most).reduce((sum, { cells }) => sum + cells.length, 0);
  return [
    ...groups
      .slice(0, most)
      .flatMap((group) => [
        ...(showsValues
          ? group.cells.map((cell) => `  ${cellText(cell)}: ${rangeText(cell)}`)
          : [`  ${groupText(group)}`]),
        ...(group.how === "" ? [] : [`    ${group.how}`]),
      ]),
    ...(more > 0 ? [`  and ${rest} more numbers, told by other files: --json and --html`] : []),
  ].map(visibleText);
}

interface Group {
  readonly how: string;
  readonly cells: AuditedCell[];
}

/** Those that count the same in groups of the same columns, and are told by the same files. */
function grouped(
  leaks: readonly AuditedCell[],
  proofs: AuditResult["proofs"],
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const told = new Map<string, string>();
  for (const cell of leaks) {
    const { of, quantity, without, groups: labels, proof = "", attacker } = cell;
    const how = told.get(proof) ?? howText(proofs[proof], attacker);
    told.set(proof, how);
    const key = JSON.stringify([of, quantity, without, Object.keys(labels), how]);
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { how, cells: [cell] });
    else found.cells.push(cell);
  }
  return groups;
}

/** `ill by region, 2021-05-01: 5 numbers (East, London, North and 2 more)` */
function groupText({ cells }: Group): string {
  const [first] = cells;
  if (first === undefined) return "";
  const { of, quantity, without } = first;
  const less = without === undefined ? "" : ` less ${without}`;
  const what = of === "complement" ? `people less ${quantity}` : `${quantity}${less}`;
  const columns = Object.keys(first.groups);
  const by = columns.length === 0 ? "" : ` by ${columns.join(" and ")}`;
  const labels = [...new Set(cells.map(labelsText))].filter((text) => text !== "");
  const listed = labels.length === 0 ? "" : ` (${listText(labels, MOST_LABELS)})`;
  const count = `${cells.length} ${cells.length === 1 ? "number" : "numbers"}`;
  return `${what}${by}, ${datesText(cells)}: ${count}${listed}`;
}

function labelsText({ groups }: AuditedCell): string {
  return Object.values(groups)
    .map((label) => (label === "" ? "missing" : label))
    .join(" and ");
}

function datesText(cells: readonly AuditedCell[]): string {
  const spans = cells.map(({ date, since }) =>
    since === undefined ? date : `${since} to ${date}`,
  );
  const all = [...new Set(spans)].sort();
  const [first = "", ...rest] = all;
  return rest.length === 0 ? first : `${all.length} dates from ${first} on`;
}

/** The first of them, and how many more. */
function listText(all: readonly string[], most: number): string {
  if (all.length > most) return firstNames(all, most);
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

function howText(proof: AuditProof | undefined, attacker: AuditedCell["attacker"]): string {
  if (proof === undefined) return "";
  const files = listText([...new Set(proof.figures.map(fileOfFigure))], MOST_FILES);
  if (proof.kind === "shown") return `shown as they are in ${files}`;
  const who = attacker === "sums" ? "whoever adds up" : "whoever knows how numbers are hidden";
  return `for ${who}, from ${files}`;
}

function rangeText({ min, max, values }: AuditedCell): string {
  if (values !== undefined) return values.join(" or ");
  return min === max ? String(min) : `${min} to ${max ?? "any number"}`;
}

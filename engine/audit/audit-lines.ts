/** The result of an audit for a person. */
import { visibleText } from "../base/visible-text.ts";
import type { AuditedCell, AuditRepair, AuditResult, RepairBy } from "./audit-result.ts";
import { cellText } from "./describe/cell-name.ts";
import { leakLines } from "./leak-lines.ts";
import { repairText } from "./repair/repair-words.ts";

interface WrittenRepair {
  /** The file that one of them is in, where some were found. */
  readonly file: string;
  /** Which one; absent = what loses least. */
  readonly by: RepairBy | undefined;
}

interface Showing {
  readonly showsValues: boolean;
  /** Where repairs were looked for. */
  readonly repair?: WrittenRepair | undefined;
  /** Steps of search that one question had. */
  readonly budget: number;
  /** Whether it ended early. */
  readonly isStopped: boolean;
}

/** Lines of a kind. */
const MOST_NOTES = 20;

/** Numbers that can be worked out are in it only with `showsValues`. */
export function auditLines(
  result: AuditResult,
  { showsValues, repair, budget, isStopped }: Showing,
): readonly string[] {
  const { cells, inputs, contradiction, releasable } = result;
  const leaks = cells.filter(({ unsafe }) => unsafe);
  const exact = leaks.filter(({ verdict }) => verdict === "exact").length;
  const safe = cells.filter(({ verdict }) => verdict === "safe");
  return [
    `Audited ${inputs.length} files: ${cells.length} numbers that are or may be small.`,
    ...inputs
      .filter(({ patientLevel }) => patientLevel)
      .map(({ release, file }) => visibleText(`${release}/${file} has a row for each patient.`)),
    ...(contradiction === null
      ? [`${leaks.length} can be worked out (${exact} exactly).`]
      : [
          "These tables cannot all be true, so nothing is called safe:",
          ...contradiction.tables.map((each) => visibleText(`  ${each}`)),
          ...(contradiction.says === "" ? [] : [visibleText(`${contradiction.says}.`)]),
        ]),
    ...leakLines(result, leaks, showsValues),
    ...undecidedLines(result, { budget, isStopped }),
    `${safe.length} have ${result.policy.minValues} possible values or more, each with tables that print the same.`,
    ...tablesLines(safe),
    ...notModelledLines(result),
    releasable ? "Releasable." : "Not releasable.",
    ...(repair === undefined || isStopped ? [] : repairLines(result, repair, showsValues)),
    ...(isStopped ? ["It was stopped: what it had not settled by then is undecided."] : []),
  ];
}

function tablesLines(safe: readonly AuditedCell[]): readonly string[] {
  const tables = safe.filter(({ proof }) => proof === "tables").length;
  if (tables === 0) return [];
  return [`Of ${tables} it is not known whether there can be patients behind these tables.`];
}

/** What nobody looked at is not safe. */
function notModelledLines({ notModelled }: AuditResult): readonly string[] {
  if (notModelled.length === 0) return [];
  const more = notModelled.length - MOST_NOTES;
  return [
    "Not in the model:",
    ...notModelled.slice(0, MOST_NOTES).map((each) => visibleText(`  ${each}`)),
    ...(more > 0 ? [`  and ${more} more, in --json and --html`] : []),
  ];
}

/** What stays open is never called safe. */
function undecidedLines(
  { undecided }: AuditResult,
  { budget, isStopped }: Pick<Showing, "budget" | "isStopped">,
): readonly string[] {
  if (undecided.length === 0) return [];
  const more = undecided.length - MOST_NOTES;
  const count = undecided.length === 1 ? "1 is" : `${undecided.length} are`;
  const within = `undecided within ${budget} steps of search for a question`;
  return [
    ...undecided.slice(0, MOST_NOTES).map((cell) => visibleText(`  undecided: ${cellText(cell)}`)),
    ...(more > 0 ? [`  and ${more} more, in --json and --html`] : []),
    isStopped
      ? `${count} undecided.`
      : `${count} ${within}: --budget ${Math.max(5000, budget * 10)} searches further.`,
  ];
}

function repairLines(
  { repairs, releasable }: AuditResult,
  { file, by }: WrittenRepair,
  showsValues: boolean,
): readonly string[] {
  if (releasable) return ["No repair is needed."];
  const [cheapest, ...others] = repairs.map((each) => repairText(each, showsValues));
  const written = chosenRepair(repairs, by);
  if (cheapest === undefined)
    return ["No repair was found: neither withholding more numbers nor dropping tables helps."];
  return [
    `Cheapest repair: ${[cheapest, ...others].join(", or ")}. After each of them all of it is releasable.`,
    written === undefined
      ? visibleText(`No repair by ${by ?? ""} was found, so that ${file} was not written.`)
      : visibleText(`${file} holds the one by ${written.by}: generate_measures --repairs ${file}`),
    ...(others.length === 0 || by !== undefined
      ? []
      : [
          `Another is written with --repair-by: ${repairs
            .slice(1)
            .map((each) => each.by)
            .join(" or ")}.`,
        ]),
  ];
}

/** What loses least, unless it is said by what to choose. */
export function chosenRepair(
  repairs: readonly AuditRepair[],
  by: RepairBy | undefined,
): AuditRepair | undefined {
  return by === undefined ? repairs[0] : repairs.find((each) => each.by === by);
}

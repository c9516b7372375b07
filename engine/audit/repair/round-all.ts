/** Whether rounding all measures leaves nothing that can be worked out: what would be printed is audited to the end. */
import { auditWorld } from "../audit-world.ts";
import type { AuditedWorld } from "../audit-world.ts";
import type { AuditRepair } from "../audit-result.ts";
import { policyOf } from "../describe/description.ts";
import type { Attacker, Description, Policy } from "../describe/description.ts";
import { domainOfPrinted, isPossible } from "../describe/printed-number.ts";
import { publishedTables } from "../describe/published-table.ts";
import type { PublishedTable } from "../describe/published-table.ts";
import { worldsOf } from "../model/world.ts";
import type { WorldParts } from "../model/world.ts";
import type { Asked } from "../settle-world.ts";
import { lost } from "./candidates.ts";
import { safeCells } from "./repair-world.ts";
import type { Repairing } from "./repair-world.ts";
import type { RoundingRun } from "./repairs-file.ts";
import { roundedRelease } from "./rounded-release.ts";

/** Those that people who check outputs accept; the first leaves hidden what is hidden. */
const RUNS: readonly RoundingRun[] = [
  { rounding: "midpoint6" },
  { threshold: 7, rounding: { to: 5 } },
];

/** Null where it does not help, or what would be printed is not known. */
export function roundAll(
  worlds: readonly (readonly [WorldParts, AuditedWorld])[],
  { description, asked, release }: Repairing,
): AuditRepair | null {
  for (const run of RUNS) {
    const releases = description.releases.map((each) =>
      each.name === release ? roundedRelease(each, run) : each,
    );
    const known = releases.filter((each) => each !== null);
    if (known.length < releases.length) continue;
    const rounded = { ...description, releases: known };
    const policy = policyOf(rounded);
    const after = known.flatMap(publishedTables);
    // What is shown is only told less exactly where nothing else is hidden.
    const stillSafe =
      run.threshold === undefined
        ? new Set(worlds.flatMap(([, own]) => [...safeCells(own)]))
        : null;
    const again = { ...asked, policy, ...(stillSafe === null ? {} : { stillSafe }) };
    if (!isClean(rounded, after, again)) continue;
    const before = description.releases.flatMap(publishedTables);
    return { by: "rounding", actions: [{ round: run }], ...lossOf(before, after, policy) };
  }
  return null;
}

/** Ends at the first world in which something can be worked out or stays open. */
function isClean(
  description: Description,
  tables: readonly PublishedTable[],
  asked: Asked & { readonly policy: Policy },
): boolean {
  return worldsOf(description, tables).every((parts) => {
    const { cells, contradiction: contradicting } = auditWorld(description, parts, asked);
    return (
      contradicting === null &&
      !cells.some(({ unsafe, verdict }) => unsafe || verdict === "undecided")
    );
  });
}

/** Of figures that tell less than before: how many numbers each can be. */
function lossOf(
  before: readonly PublishedTable[],
  after: readonly PublishedTable[],
  { attacker }: Policy,
): Pick<AuditRepair, "bits" | "cells" | "files"> {
  let [bits, cells] = [0, 0];
  const files = new Set<string>();
  for (const [at, { columns, measure }] of before.entries())
    for (const [place, { numbers }] of columns.entries())
      for (const [row, number] of numbers.entries()) {
        const own = number === null ? 0 : lossAt(after[at], [place, row, number], attacker);
        if (own === 0) continue;
        bits += own;
        cells++;
        files.add(measure.id);
      }
  return { bits: Math.ceil(bits), cells, files: files.size };
}

function lossAt(
  table: PublishedTable | undefined,
  [place, row, number]: readonly [column: number, row: number, number: number],
  attacker: Attacker,
): number {
  const column = table?.columns[place];
  const printed = column?.numbers[row] ?? null;
  if (table === undefined || printed === null) return lost(number);
  const { rule } = table.measure;
  const threshold = column?.hasThreshold === true ? rule.threshold : null;
  const domain = domainOfPrinted(printed, rule, threshold, attacker);
  let possible = 0;
  for (let value = domain.lo; value <= domain.hi; value++)
    if (isPossible(domain, value)) possible++;
  return Math.log2(possible);
}

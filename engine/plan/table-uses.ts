/** Which tables and fields a plan reads, and for which columns of the study. */
import { contractTables } from "../schema/contract.ts";
import type { ContractTable } from "../schema/contract.ts";
import type { TableUse } from "../schema/physical-needs.ts";
import type { CohortPlan, Part, PlacedSummary } from "./model/cohort-plan.ts";
import type { Rows } from "./model/rows.ts";
import type { Node } from "./model/walk.ts";
import { boundsOf, everything, fieldsIn, nodesOf, rowsWithin, windowFields } from "./model/walk.ts";

type ScanPart = Extract<Part, { kind: "scan" }>;

export function tableUses(plan: CohortPlan): readonly TableUse[] {
  const scans = plan.parts.filter((part): part is ScanPart => part.kind === "scan");
  const uses = scans.flatMap((scan) =>
    scan.summaries.flatMap((summary) => scanUses(scan, summary, readersOf(summary.id, plan))),
  );
  const everybody: TableUse = { table: "patients", fields: [], columns: [] };
  return [everybody, ...patientUses(plan), ...uses];
}

/** The columns whose values read what a part found, as authors name them. */
export function columnsOfPart(part: Part, plan: CohortPlan): readonly string[] {
  if (part.kind === "dates") return part.columns;
  return [...new Set(part.summaries.flatMap(({ id }) => readersOf(id, plan)))];
}

/** Of each plan once: a wide study asks for every one of its parts. */
const readersByPlan = new WeakMap<CohortPlan, ReadonlyMap<string, ReadonlySet<string>>>();

function readersOf(id: string, plan: CohortPlan): readonly string[] {
  const readers = readersByPlan.get(plan) ?? readersBySummary(plan);
  readersByPlan.set(plan, readers);
  return [...(readers.get(id) ?? [])];
}

function readersBySummary({ columns }: CohortPlan): ReadonlyMap<string, ReadonlySet<string>> {
  const readers = new Map<string, Set<string>>();
  for (const { name, value } of columns) {
    for (const node of everything(value)) {
      if (node.kind !== "summary") continue;
      readers.set(node.id, (readers.get(node.id) ?? new Set()).add(name));
    }
  }
  return readers;
}

function patientUses({ columns }: CohortPlan): readonly TableUse[] {
  return columns.flatMap(({ name, value }) => {
    const fields = [...everything(value)].flatMap((node) =>
      node.kind === "patient" ? [node.name] : [],
    );
    return fields.length === 0 ? [] : [{ table: "patients" as const, fields, columns: [name] }];
  });
}

function scanUses(
  scan: ScanPart,
  { where, output }: PlacedSummary,
  columns: readonly string[],
): readonly TableUse[] {
  const steps = rowsWithin(scan.rows);
  const nodes = [
    ...(where === null ? [] : [where]),
    ...nodesOf(output),
    ...boundsOf(scan.window),
    ...steps.flatMap(stepNodes),
  ];
  const named = [...fieldsIn(nodes), ...windowFields(scan.window), ...steps.flatMap(stepFields)];
  return steps.flatMap((step) => stepUses(step, named, columns));
}

function stepUses(
  step: Rows,
  named: readonly string[],
  columns: readonly string[],
): readonly TableUse[] {
  switch (step.kind) {
    case "table":
      return [useOf(step.table, named, columns)];
    case "looked-up": {
      const tests = step.where === null ? [] : fieldsIn([step.where]);
      const fields = [step.on[1], ...Object.values(step.take), ...step.order, ...tests];
      return [useOf(step.table, fields, columns)];
    }
    case "without-days": {
      const below = rowsWithin(step.days.from);
      const fields = [step.days.date, ...fieldsIn(below.flatMap(stepNodes))];
      return below.flatMap((each) => stepUses(each, fields, columns));
    }
    case "paired": {
      const below = rowsWithin(step.with);
      const fields = [step.dates[1], ...fieldsIn(below.flatMap(stepNodes))];
      return below.flatMap((each) => stepUses(each, fields, columns));
    }
    default:
      return [];
  }
}

function useOf(
  table: ContractTable,
  names: readonly string[],
  columns: readonly string[],
): TableUse {
  const fields = [...new Set(names)].filter((name) => Object.hasOwn(contractTables[table], name));
  return { table, fields, columns };
}

function stepNodes(step: Rows): readonly Node[] {
  switch (step.kind) {
    case "matching":
      return [step.where];
    case "per-day":
      return Object.values(step.aggregates).flatMap((each) =>
        each.kind === "rows" ? [] : [each.of],
      );
    default:
      return [];
  }
}

function stepFields(step: Rows): readonly string[] {
  switch (step.kind) {
    case "looked-up":
      return [step.on[0]];
    case "per-day":
    case "without-days":
    case "episodes":
      return [step.date];
    case "per-value":
      return [step.of];
    case "paired":
      return [step.dates[0]];
    default:
      return [];
  }
}

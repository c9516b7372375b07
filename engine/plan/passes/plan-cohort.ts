/** From what a study asks to the parts that answer it, in order. */
import type { IsoDate } from "../../base/dates.ts";
import type { CohortPlan, Part, PlanColumn } from "../model/cohort-plan.ts";
import type { Value } from "../model/value.ts";
import { boundsOf, columnsIn, everything } from "../model/walk.ts";
import type { LoweredStudy } from "../lower/lower-study.ts";
import { chooseSpread, isMoving } from "./choose-spread.ts";
import { mergeScans } from "./merge-scans.ts";
import type { Scan } from "./merge-scans.ts";

/**
 * The plan for these index dates, given in any order. Equal summaries are asked once, summaries of the
 * same rows share a scan, and a scan whose window is fixed runs once for all index dates.
 */
export function planCohort(lowered: LoweredStudy, indexDates: readonly IsoDate[]): CohortPlan {
  const { study, columns, codelists, files } = lowered;
  const dates = [...new Set(indexDates)].sort();
  const scans = mergeScans(lowered.summaries);
  return {
    study: study.name,
    indexDates: dates,
    codelists,
    files,
    parts: new Scheduling(columns, scans, dates).parts(),
    columns,
    output: study.output,
    population: study.population,
    passedConditions: study.passedConditions ?? null,
    populationFile: populationFile(lowered),
  };
}

/** A population that is itself a file brings its patients along. */
function populationFile({ study, columns, summaries }: LoweredStudy): string | null {
  const value = columns.find(({ name }) => name === study.population)?.value;
  const found = value?.kind === "coalesce" ? value.of : value;
  if (found?.kind !== "summary") return null;
  const rows = summaries.find(({ id }) => id === found.id)?.rows;
  return rows?.kind === "file" ? rows.file : null;
}

/** Puts each part after those it reads; what is read first stands first. */
class Scheduling {
  private readonly columns: ReadonlyMap<string, PlanColumn>;
  private readonly scans: readonly Scan[];
  private readonly dates: readonly IsoDate[];
  private readonly scanOf: ReadonlyMap<string, Scan>;
  private readonly done: Part[] = [];
  private readonly named = new Map<Scan, string>();
  private readonly moving: ReadonlySet<string>;

  constructor(columns: readonly PlanColumn[], scans: readonly Scan[], dates: readonly IsoDate[]) {
    this.columns = new Map(columns.map((column) => [column.name, column]));
    this.scans = scans;
    this.dates = dates;
    const pairs = scans.flatMap((scan) => scan.summaries.map(({ id }) => [id, scan] as const));
    this.scanOf = new Map(pairs);
    this.moving = this.movingColumns(columns);
  }

  parts(): readonly Part[] {
    for (const scan of this.scans) this.schedule(scan);
    return this.done;
  }

  private schedule(scan: Scan): void {
    if (this.named.has(scan)) return;
    const columns = columnsIn(boundsOf(scan.window));
    for (const name of columns) this.scheduleColumn(name);
    const dates = columns.length === 0 ? null : this.datesPart(columns);
    const name = `part_${this.done.length + 1}`;
    this.named.set(scan, name);
    const spread = chooseSpread(scan, this.dates, this.moving);
    this.done.push({ kind: "scan", name, ...scan, spread, dates });
  }

  private scheduleColumn(name: string): void {
    const column = this.columns.get(name);
    if (column === undefined) return;
    for (const node of everything(column.value)) {
      if (node.kind === "column") this.scheduleColumn(node.name);
      const scan = node.kind === "summary" ? this.scanOf.get(node.id) : undefined;
      if (scan !== undefined) this.schedule(scan);
    }
  }

  private datesPart(columns: readonly string[]): string {
    const known = this.done.find(
      (part) => part.kind === "dates" && part.columns.join() === columns.join(),
    );
    if (known !== undefined) return known.name;
    const name = `part_${this.done.length + 1}`;
    const moves = this.dates.length > 1 && columns.some((column) => this.moving.has(column));
    this.done.push({ kind: "dates", name, columns, keyed: moves ? "date" : "patient" });
    return name;
  }

  /** Columns stand after those they read, so one walk finds all that move. */
  private movingColumns(columns: readonly PlanColumn[]): ReadonlySet<string> {
    const moving = new Set<string>();
    const moves = (value: Value): boolean => {
      if (isMoving(value, moving)) return true;
      for (const node of everything(value)) {
        const window = node.kind === "summary" ? this.scanOf.get(node.id)?.window : undefined;
        if (window !== undefined && boundsOf(window).some((bound) => isMoving(bound, moving))) {
          return true;
        }
      }
      return false;
    };
    for (const { name, value } of columns) if (moves(value)) moving.add(name);
    return moving;
  }
}

/** A plan as a tree that a person can read: what is shared, what depends on the index date, what it costs. */
import { unreachable } from "../base/problems.ts";
import type { CohortPlan, Part, PlanColumn, Spread } from "./model/cohort-plan.ts";
import type { Output, Rows, Window } from "./model/rows.ts";
import { describeTest, describeValue } from "./describe-value.ts";
import { everything } from "./model/walk.ts";
import { columnsOfPart } from "./table-uses.ts";

/** What is known of a part besides its plan. */
export interface PartFacts {
  readonly estimatedRows?: number;
  readonly rows?: number;
  readonly milliseconds?: number;
}

interface Branch {
  readonly text: string;
  readonly below?: readonly Branch[];
}

/** Lines without ends. `facts` are by the name of a part. */
export function explainPlan(
  plan: CohortPlan,
  facts: ReadonlyMap<string, PartFacts>,
): readonly string[] {
  const readers = codelistReaders(plan);
  const roots: readonly Branch[] = [
    { text: "codelists", below: plan.codelists.map((each) => codelistBranch(each, readers)) },
    { text: "files", below: plan.files.map(({ name, path }) => ({ text: `${name}: ${path}` })) },
    { text: "parts", below: plan.parts.map((part) => partBranch(part, plan, facts)) },
    { text: "columns", below: plan.columns.map((column) => columnBranch(column, plan)) },
  ].filter(({ below }) => below.length > 0);
  return [heading(plan), ...drawn(roots, "")];
}

function heading({ study, indexDates }: CohortPlan): string {
  const [first] = indexDates;
  const last = indexDates.at(-1);
  if (first === undefined || last === undefined) return `${study}, without an index date`;
  if (indexDates.length === 1) return `${study} at ${first}`;
  return `${study} at ${indexDates.length} index dates, ${first} to ${last}`;
}

function drawn(branches: readonly Branch[], indent: string): readonly string[] {
  return branches.flatMap(({ text, below = [] }, i) => {
    const isLast = i === branches.length - 1;
    const deeper = `${indent}${isLast ? "   " : "│  "}`;
    return [`${indent}${isLast ? "└─ " : "├─ "}${text}`, ...drawn(below, deeper)];
  });
}

/** The names of the parts that read each codelist. */
function codelistReaders({ parts, codelists }: CohortPlan): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>(codelists.map(({ name }) => [name, []]));
  for (const part of parts) {
    const texts = new Set(JSON.stringify(part).match(/"[^"\\]*"/g));
    for (const text of texts) readers.get(text.slice(1, -1))?.push(part.name);
  }
  return readers;
}

function codelistBranch(
  { name, codes, folded }: CohortPlan["codelists"][number],
  readers: ReadonlyMap<string, readonly string[]>,
): Branch {
  const count = `${codes.length} ${codes.length === 1 ? "code" : "codes"}`;
  const compared = folded ? ", letter case aside" : "";
  return {
    text: `${name}: ${count}${compared}, for ${readers.get(name)?.join(", ") ?? ""}`,
  };
}

function partBranch(part: Part, plan: CohortPlan, facts: ReadonlyMap<string, PartFacts>): Branch {
  const cost = costText(facts.get(part.name));
  const title = `${part.name}${cost === "" ? "" : ` (${cost})`}`;
  const readers = `for ${columnsOfPart(part, plan).join(", ")}`;
  if (part.kind === "dates") {
    const each = part.keyed === "date" ? "at each index date" : "once";
    return {
      text: `${title}: dates that periods are relative to, ${each}`,
      below: [{ text: readers }],
    };
  }
  const shared =
    part.summaries.length > 1 ? `${part.summaries.length} answers from one scan of ` : "";
  return {
    text: `${title}: ${shared}${describeRows(part.rows)}`,
    below: [
      { text: `${describeWindow(part.window)}: ${spreads[part.spread]}` },
      ...(part.dates === null ? [] : [{ text: `with the dates of ${part.dates}` }]),
      ...part.summaries.map(({ id, where, output }) => ({
        text: `${id} = ${describeOutput(output)}${where === null ? "" : ` where ${describeTest(where)}`}`,
      })),
      { text: readers },
    ],
  };
}

function costText(facts: PartFacts | undefined): string {
  if (facts === undefined) return "";
  const { estimatedRows, rows, milliseconds } = facts;
  return [
    ...(estimatedRows === undefined ? [] : [`about ${estimatedRows} rows expected`]),
    ...(rows === undefined ? [] : [`${rows} rows`]),
    ...(milliseconds === undefined ? [] : [`${Math.round(milliseconds)} ms`]),
  ].join(", ");
}

const spreads: { readonly [S in Spread]: string } = {
  once: "once for all index dates",
  "one-date": "a row counts at one index date at most; one scan for all",
  "from-then-on": "a row counts from one index date on; one scan, carried forward",
  "until-then": "a row counts up to one index date; one scan, carried back",
  repeated: "a row counts at several index dates and is repeated for each",
  spans: "a row counts over a span of index dates; repeated only where rows of a patient compete",
  "by-column": "bounded by a column, patient by patient, at each index date",
};

function describeWindow(window: Window): string {
  switch (window.kind) {
    case "always":
      return "all rows";
    case "during": {
      const from = window.from === null ? "" : ` from ${describeValue(window.from)}`;
      const to = window.to === null ? "" : ` to ${describeValue(window.to)}`;
      return `${window.date}${from}${to}`;
    }
    case "covering":
      return `${describeValue(window.starts)} up to ${describeValue(window.first)}, ${describeValue(window.ends)} after ${describeValue(window.last)}`;
    default:
      return unreachable(window);
  }
}

function describeRows(rows: Rows): string {
  switch (rows.kind) {
    case "table":
      return rows.table;
    case "file":
      return rows.file;
    case "matching":
      return `${describeRows(rows.from)} where ${describeTest(rows.where)}`;
    case "looked-up":
      return `${describeRows(rows.from)} with ${rows.table}`;
    case "per-day":
      return `days of ${describeRows(rows.from)}`;
    case "per-value":
      return `values of ${rows.of} in ${describeRows(rows.from)}`;
    case "without-days":
      return `${describeRows(rows.from)} except on days of ${describeRows(rows.days.from)}`;
    case "paired":
      return `${describeRows(rows.from)} with each of ${describeRows(rows.with)}`;
    case "episodes":
      return `${describeRows(rows.from)} in episodes ${rows.apart} days apart`;
    default:
      return unreachable(rows);
  }
}

function describeOutput(output: Output): string {
  switch (output.kind) {
    case "exists":
      return "whether there is a row";
    case "aggregate": {
      const { aggregate } = output;
      return aggregate.kind === "rows"
        ? "number of rows"
        : `${aggregate.kind} of ${describeValue(aggregate.of)}`;
    }
    case "pick": {
      const order = output.order.map(
        ({ of, descending }) => `${descending ? "greatest" : "least"} ${describeValue(of)}`,
      );
      const taken = Object.values(output.take).map(describeValue);
      return `${taken.join(", ")} of the row with ${order.join(", then ")}`;
    }
    case "agreed":
      return `${describeValue(output.of)}, on which all rows must agree`;
    case "each":
      return `${Object.values(output.take).map(describeValue).join(", ")} of the only row`;
    default:
      return unreachable(output);
  }
}

function columnBranch({ name, type, hidden, value }: PlanColumn, plan: CohortPlan): Branch {
  const kind = name === plan.population ? "who is in" : hidden ? `${type}, not in the file` : type;
  const direct = [...everything(value)].some((node) => node.kind === "from-index-date");
  const moves = direct ? ", relative to the index date" : "";
  return { text: `${name} (${kind}${moves}) = ${describeValue(value)}` };
}

import type { Comparison, Comparisons } from "../record/compare-runs.ts";
import { timeText } from "../record/run-times.ts";
import { escaped } from "./escaped.ts";

const MOST_ROWS = 200;

/** What changed since the previous run, and since the previous one that succeeded. */
export function comparisonSection(comparisons: Comparisons): readonly string[] {
  const { previous, previousSuccessful } = comparisons;
  return [
    "<h2>Code comparison</h2>",
    ...comparisonBlock("previous run", previous),
    ...comparisonBlock("previous successful run", previousSuccessful),
  ];
}

function comparisonBlock(title: string, comparison: Comparison | null): readonly string[] {
  if (comparison === null) return [`<p>No ${title} available.</p>`];
  const { number, id, created, commits, engine, definitions, codelists, code } = comparison;
  const facts: readonly (readonly [string, string])[] = [
    ["Commits", commits ?? "-"],
    ["Definitions", definitions.length === 0 ? "unchanged" : definitions.join(", ")],
    ["Codelists", filesText(codelists)],
    ["Code", filesText(code)],
    ["Engine", engine ?? "unchanged"],
  ];
  return [
    `<h3>With the ${title}, ${number}</h3>`,
    `<p class="soft">${escaped(id)}, ${timeText(created)}</p>`,
    "<dl>",
    ...facts.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`),
    "</dl>",
    ...rowsTable(comparison),
  ];
}

function filesText(files: Comparison["code"]): string {
  if (files.length === 0) return "unchanged";
  return files.map(({ path, what }) => `${path} ${what}`).join(", ");
}

function rowsTable({ rows }: Comparison): readonly string[] {
  if (rows.length === 0) return ["<p>All files have as many rows as before.</p>"];
  const more = rows.length - MOST_ROWS;
  return [
    '<div class="wide"><table>',
    '<tr><th>File</th><th class="n">Rows before</th><th class="n">Rows now</th></tr>',
    ...rows
      .slice(0, MOST_ROWS)
      .map(
        ({ path, before, after }) =>
          `<tr><td class="path">${escaped(path)}</td><td class="n">${before ?? "-"}</td><td class="n">${after ?? "-"}</td></tr>`,
      ),
    "</table></div>",
    ...(more > 0 ? [`<p>And ${more} more files.</p>`] : []),
  ];
}

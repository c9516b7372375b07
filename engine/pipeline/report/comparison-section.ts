import type { Comparison, Comparisons } from "../record/compare-runs.ts";
import { rowsText } from "./shown-size.ts";
import { timeText } from "../record/run-times.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";

const MOST_ROWS = 200;

/** What changed since the previous run, and since the previous one that succeeded. */
export function comparisonSection(comparisons: Comparisons): readonly Html[] {
  const { previous, previousSuccessful } = comparisons;
  return [
    markup`<h2>Code comparison</h2>`,
    ...comparisonBlock("previous run", previous),
    ...comparisonBlock("previous successful run", previousSuccessful),
  ];
}

function comparisonBlock(title: string, comparison: Comparison | null): readonly Html[] {
  if (comparison === null) return [markup`<p>No ${title} available.</p>`];
  const { number, id, created, commits, engine, definitions, codelists, code } = comparison;
  const facts: readonly (readonly [string, string])[] = [
    ["Commits", commits ?? "-"],
    ["Definitions", definitions.length === 0 ? "unchanged" : definitions.join(", ")],
    ["Codelists", filesText(codelists)],
    ["Code", filesText(code)],
    ["Engine", engine ?? "unchanged"],
  ];
  return [
    markup`<h3>With the ${title}, ${number}</h3>`,
    markup`<p class="soft">${id}, ${timeText(created)}</p>`,
    markup`<dl>
      ${facts.map(
        ([name, value]) =>
          markup`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>`,
    ...rowsTable(comparison),
  ];
}

function filesText(files: Comparison["code"]): string {
  if (files.length === 0) return "unchanged";
  return files.map(({ path, what }) => `${path} ${what}`).join(", ");
}

function rowsTable({ rows }: Comparison): readonly Html[] {
  if (rows.length === 0) return [markup`<p>All files have as many rows as before.</p>`];
  const more = rows.length - MOST_ROWS;
  return [
    markup`<div class="wide">
      <table>
        <tr>
          <th>File</th>
          <th class="n">Rows before</th>
          <th class="n">Rows now</th>
        </tr>
        ${rows.slice(0, MOST_ROWS).map(rowOf)}
      </table>
    </div>`,
    ...(more > 0 ? [markup`<p>And ${more} more files.</p>`] : []),
  ];
}

function rowOf({ path, before, after, isKept }: Comparison["rows"][number]): Html {
  return markup`<tr>
    <td class="path">${path}</td>
    <td class="n">${rowsText(before, isKept)}</td>
    <td class="n">${rowsText(after, isKept)}</td>
  </tr>`;
}

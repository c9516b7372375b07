/** A column of a cohort on a page: how it is filled, its values as bars, what moved, and the numbers. */
import { groupedDigits } from "../base/shown-numbers.ts";
import { LEAST_DRIFT } from "../profile/drift.ts";
import type { CohortProfile, ShownBar, ShownColumn } from "../profile/profile.ts";
import { markup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { dateText } from "./chart-words.ts";
import { drawBars, narrowBars, percentText, wideBars } from "./draw-bars.ts";
import { spaced } from "./label-text.ts";
import { inPage } from "./palette.ts";

const TYPES: Readonly<Record<ShownColumn["type"], string>> = {
  bool: "yes or no",
  int: "whole number",
  float: "number",
  str: "category or text",
  date: "date",
};

export function columnSection(profile: CohortProfile, column: ShownColumn, id: string): Html {
  const { name, type, filled, pooled } = column;
  const share = percentText(filled.shares.at(-1) ?? null);
  const isFlag = type === "bool";
  const said = isFlag ? `${share} yes` : `${share} with a value`;
  const others = pooled > 1 ? ` ${pooled} values are shown together.` : "";
  return markup`<section class="measure" id="${id}">
<h3><bdi>${spaced(name)}</bdi></h3>
<p class="soft unit">${TYPES[type]} · <code>${name}</code> · ${said} at the last date${expectedWords(filled)}.${others}</p>
${figure(profile, column)}
${unexpectedWords([...(isFlag ? [] : [filled]), ...column.bars])}
${driftWords(profile, [...(isFlag ? [] : [filled]), ...column.bars])}
<details><summary>Table: <bdi>${spaced(name)}</bdi></summary>${table(profile, column)}</details>
</section>`;
}

function expectedWords({ expected }: ShownBar): string {
  return expected === null ? "" : ` (expected: ${percentText(expected)})`;
}

function figure({ dates }: CohortProfile, { name, bars }: ShownColumn): Html {
  if (bars.every(({ counts }) => counts.every((count) => count === 0))) {
    return markup`<p>No patient has a value at any date.</p>`;
  }
  const words = bars.map(({ label, shares }) => `${label}: ${percentText(shares.at(-1) ?? null)}`);
  const last = dates.at(-1);
  const when = last === undefined ? "" : ` at ${dateText(last, dates)}`;
  const drawings = ([wideBars, narrowBars] as const).map((size) => {
    const svg = drawBars(bars, size);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `Bar chart of ${spaced(name)}${when}. ${words.join("; ")}.`);
    svg.setAttribute("class", size === wideBars ? "chart on-wide" : "chart on-narrow");
    return svg.markup(inPage);
  });
  return markup`<figure>${drawings}</figure>`;
}

/** By so many percentage points, or where nobody has what somebody should have. */
function unexpectedWords(bars: readonly ShownBar[]): Html | null {
  const found = bars.flatMap(({ label, shares, expected }) => {
    const share = shares.at(-1) ?? null;
    if (share === null || expected === null) return [];
    const differs = Math.abs(share - expected) >= LEAST_DRIFT || (share === 0 && expected > 0);
    const words = `${percentText(share)} where ${percentText(expected)} is expected`;
    return differs ? [markup`<li><bdi>${label}</bdi>: ${words}</li>`] : [];
  });
  return found.length === 0 ? null : markup`<ul class="drift">${found}</ul>`;
}

const MOST_DRIFTS = 6;

function driftWords({ dates }: CohortProfile, bars: readonly ShownBar[]): Html | null {
  const found = bars.flatMap(({ label, drifts }) => drifts.map((drift) => ({ label, ...drift })));
  if (found.length === 0) return null;
  const shown = found.slice(0, MOST_DRIFTS).map(({ label, date, from, to }) => {
    const change = `from ${percentText(from)} to ${percentText(to)}`;
    return markup`<li><bdi>${label}</bdi>: ${change} at ${dateText(date, dates)}</li>`;
  });
  const more = found.length - shown.length;
  return markup`<ul class="drift">${shown}${more > 0 ? markup`<li>and ${more} more</li>` : null}</ul>`;
}

function table(
  { dates, patients }: CohortProfile,
  { name, type, filled, bars }: ShownColumn,
): Html {
  const columns = type === "bool" ? bars : [filled, ...bars];
  const rows = dates.map((date, at) => {
    const cells = columns.map(({ counts, shares }) => {
      const count = groupedDigits(counts[at] ?? 0);
      return markup`<td class="n">${count} (${percentText(shares[at] ?? null)})</td>`;
    });
    return markup`<tr><th scope="row">${date}</th><td class="n">${groupedDigits(patients[at] ?? 0)}</td>${cells}</tr>`;
  });
  const header = columns.map(
    ({ label }) => markup`<th scope="col" class="n"><bdi>${label}</bdi></th>`,
  );
  return markup`<div class="wide" tabindex="0" role="region" aria-label="Table: ${name}"><table>
<caption>Patients of each date: <bdi>${name}</bdi></caption>
<thead><tr><th scope="col">Date</th><th scope="col" class="n">Patients</th>${header}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

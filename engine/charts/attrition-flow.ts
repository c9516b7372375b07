/** Who is in a cohort and why, as a flow chart from box to box, and every date as a table. Words wrap as they need. */
import { groupedDigits } from "../base/shown-numbers.ts";
import type { AttritionAt, AttritionStep } from "../profile/attrition.ts";
import { markup } from "../text/html.ts";
import type { Html } from "../text/html.ts";

export const flowStyle = `.flow{list-style:none;margin:.8rem 0;padding:0;max-width:45rem}
.flow li{display:grid;grid-template-columns:30% 30% minmax(0,1fr);break-inside:avoid}
.flow .step{grid-column:1/3;border:1px solid var(--chart-soft);border-radius:6px;padding:.4rem .7rem;background:var(--panel)}
.flow .way{grid-column:1;grid-row:1;position:relative;border-right:2px solid var(--chart-soft);min-height:2.8rem}
.flow .way::after{content:"";position:absolute;right:-6px;bottom:0;border:5px solid transparent;border-bottom:0;border-top-color:var(--chart-soft)}
.flow .out{grid-column:2/4;grid-row:1;display:flex;align-items:center;gap:.5rem;font-size:.9rem}
.flow .out::before{content:"";flex:0 0 46%;border-top:2px solid var(--chart-soft)}
`;

/** The last date as a flow chart; of one date there is no table. */
export function attritionSection(dates: readonly AttritionAt[], name: string): Html | null {
  const last = dates.reduce<AttritionAt | null>(
    (latest, each) => (latest === null || each.indexDate >= latest.indexDate ? each : latest),
    null,
  );
  if (last === null) return null;
  const when = last.indexDate === "" ? "" : ` at ${last.indexDate}`;
  return markup`<section class="measure"><h3>Who is in<bdi>${when}</bdi></h3>
<ol class="flow" aria-label="Who is in ${name}${when}, condition by condition">${last.steps.map(stepItem)}</ol>
${hiddenWords(dates)}
<details><summary>Table: every date</summary>${table(dates, name)}</details></section>`;
}

function stepItem({ condition, left, removed }: AttritionStep, at: number): Html {
  const box = markup`<div class="step"><bdi>${condition}</bdi><br /><strong>${countText(left)}</strong> ${left === 1 ? "patient" : "patients"}</div>`;
  if (at === 0) return markup`<li>${box}</li>`;
  return markup`<li><div class="way"></div><div class="out"><span><strong>${countText(removed)}</strong> removed</span></div>${box}</li>`;
}

function countText(count: number | null): string {
  return count === null ? "hidden" : groupedDigits(count);
}

function hiddenWords(dates: readonly AttritionAt[]): Html | null {
  const hidden = dates.flatMap(({ steps }) => steps).filter(({ left }) => left === null).length;
  if (hidden === 0) return null;
  const numbers = hidden === 1 ? "1 number" : `${hidden} numbers`;
  return markup`<p class="soft notes">${numbers} of patients from 1 to 6 hidden.</p>`;
}

function table(dates: readonly AttritionAt[], name: string): Html {
  const rows = dates.flatMap(({ indexDate, steps }) =>
    steps.map(
      ({ condition, left, removed }) =>
        markup`<tr><th scope="row">${indexDate}</th><td><bdi>${condition}</bdi></td><td class="n">${countText(left)}</td><td class="n">${countText(removed)}</td></tr>`,
    ),
  );
  return markup`<div class="wide" tabindex="0" role="region" aria-label="Table: who is in ${name}"><table>
<thead><tr><th scope="col">Index date</th><th scope="col">Condition</th><th scope="col" class="n">Patients left</th><th scope="col" class="n">Removed</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** How large the cohorts of a run are at each date, rounded, and who is in them and why. */
import { basename } from "node:path";
import { parseCohortFileName } from "../../base/file-names.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { attritionSection } from "../../charts/attrition-flow.ts";
import { shownSize } from "../../charts/cohort-sizes.ts";
import { outputsOf } from "../record/compare-runs.ts";
import type { RunRecord } from "../record/run-record.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { AttritionPictures } from "./attrition-pictures.ts";

export function cohortsSection(
  run: RunRecord,
  { found, notDrawn }: AttritionPictures,
): readonly Html[] {
  const sizes = sizesTable(run);
  if (sizes === null && found.length === 0 && notDrawn.length === 0) return [];
  return [
    markup`<h2>Cohorts</h2>`,
    ...(sizes === null ? [] : [sizes]),
    ...notDrawn.map((why) => markup`<p class="failed">${why}</p>`),
    ...found
      .map(({ path, dates }) => [
        markup`<p class="soft"><code>${path}</code></p>`,
        attritionSection(dates, path),
      ])
      .flat()
      .filter((each) => each !== null),
  ];
}

/** What was recorded of cohort files: nothing in them is read. */
function sizesTable(run: RunRecord): Html | null {
  const rows = outputsOf(run)
    .flatMap(({ path, rows: patients }) => {
      const parsed = parseCohortFileName(basename(path));
      if (parsed === null || patients === null || !parsed.stem.startsWith("input")) return [];
      return [{ name: parsed.stem, date: parsed.date, patients }];
    })
    .sort((a, b) => byCodePoint(`${a.name} ${a.date}`, `${b.name} ${b.date}`));
  if (rows.length === 0) return null;
  const cells = rows.map(
    ({ name, date, patients }) =>
      markup`<tr><td><bdi>${name}</bdi></td><td>${date}</td><td class="n">${groupedDigits(shownSize(patients))}</td></tr>`,
  );
  return markup`<details open><summary>Patients of each date, rounded to midpoint 6</summary><div class="wide"><table>
<tr><th>Cohort</th><th>Index date</th><th class="n">Patients</th></tr>${cells}</table></div></details>`;
}

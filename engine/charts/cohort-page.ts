/** The cohorts of one or more studies as one page: how large they are, then each column. */
import { groupedDigits } from "../base/shown-numbers.ts";
import { pageText } from "../page/page.ts";
import type { ShownAttrition } from "../profile/attrition.ts";
import type { CohortProfile, ShownColumn } from "../profile/profile.ts";
import { LEAST_DRIFT, LEAST_ERRORS } from "../profile/drift.ts";
import { markup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { attritionSection, flowStyle } from "./attrition-flow.ts";
import { chartStyle } from "./chart-style.ts";
import { columnSection } from "./cohort-column.ts";
import { percentText } from "./draw-bars.ts";
import { spaced } from "./label-text.ts";

export interface StudyProfile {
  /** `study_definition_copd`. */
  readonly study: string;
  readonly isDummy: boolean;
  readonly profile: CohortProfile;
  /** That of the cohorts themselves first; none where it is not known. */
  readonly attrition: readonly ShownAttrition[];
}

const cohortStyle = `${chartStyle}${flowStyle}.columns th:first-child{min-width:6rem}
.drift{border-left:4px solid var(--wait);margin:.4rem 0;padding:.1rem 0 .1rem 1.6rem}
.exact{border:2px solid var(--bad);color:var(--bad);border-radius:6px;padding:.5rem .8rem;font-weight:600}
`;

export function cohortPage(studies: readonly StudyProfile[], generator: string): string {
  return pageText({
    title: "Cohorts",
    generator,
    style: cohortStyle,
    body: markup`<main><h1>Cohorts</h1>
${studies.some(({ profile }) => profile.treatment === "exact") ? exactWarning : roundedWords}
<p class="soft">A bar is the share of patients at the last date, the line on it the range over all dates, and an orange tick what the study's expectations say. Changes are listed where a share moves by ${LEAST_DRIFT * 100} percentage points or more from one date to the next, and by more than ${LEAST_ERRORS} standard errors.</p>
${studies.map(studySection)}</main>`,
  });
}

const exactWarning = markup`<p class="exact">Highly sensitive: counts are exact. This page must not leave the secure environment.</p>`;
const roundedWords = markup`<p>Counts are rounded to midpoint 6 (1 to 6 patients are shown as 3, 7 to 12 as 9), shares are of rounded counts, and values that at most 6 patients have are shown together.</p>`;

function studySection({ study, isDummy, profile, attrition }: StudyProfile, at: number): Html {
  const { columns } = profile;
  const idOf = (place: number): string => `column-${at}-${place}`;
  return markup`<h2><bdi>${study}</bdi></h2>
${isDummy ? markup`<p class="dummy">From dummy data</p>` : null}
${sizes(profile)}
${attrition.map((each) => attritionOf(each, study, attrition.length > 1))}
<details open><summary>Columns</summary><div class="wide columns" tabindex="0" role="region" aria-label="Columns of ${study}"><table>
<thead><tr><th scope="col">Column</th><th scope="col" class="n">With a value</th><th scope="col" class="n">Expected</th><th scope="col" class="n">Changes</th></tr></thead>
<tbody>${columns.map((column, place) => overviewRow(column, idOf(place)))}</tbody></table></div></details>
${columns.map((column, place) => columnSection(profile, column, idOf(place)))}`;
}

function attritionOf({ file, dates }: ShownAttrition, study: string, isNamed: boolean): Html {
  const name = markup`<p class="soft"><code>${file}</code></p>`;
  return markup`${isNamed ? name : null}${attritionSection(dates, isNamed ? file : study)}`;
}

function sizes({ dates, patients }: CohortProfile): Html {
  const rows = dates.map(
    (date, at) =>
      markup`<tr><th scope="row">${date}</th><td class="n">${groupedDigits(patients[at] ?? 0)}</td></tr>`,
  );
  return markup`<div class="wide" tabindex="0" role="region" aria-label="Patients of each date"><table>
<thead><tr><th scope="col">Index date</th><th scope="col" class="n">Patients</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function overviewRow({ name, filled, bars, type }: ShownColumn, id: string): Html {
  const moved = type === "bool" ? bars : [filled, ...bars];
  const changes = moved.reduce((sum, { drifts }) => sum + drifts.length, 0);
  const expected = filled.expected === null ? "" : percentText(filled.expected);
  return markup`<tr><th scope="row"><a href="#${id}"><bdi>${spaced(name)}</bdi></a></th><td class="n">${percentText(filled.shares.at(-1) ?? null)}</td><td class="n">${expected}</td><td class="n">${changes === 0 ? "" : changes}</td></tr>`;
}

/** What people who check outputs are told of measures besides their numbers: from the study, and from what is shown. */
import { publishedTables } from "../../audit/describe/published-table.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { ReadFile } from "./read-release.ts";
import { releaseOf } from "./read-release.ts";

/** Sizes are told so roughly that they are no number of their own. */
const TO = 100;

export function contextSection(files: readonly ReadFile[]): Html {
  const studies = [...new Set(files.map(({ study }) => study))];
  return markup`<h2>Who is counted, and what</h2>
${studies.map((study) =>
  ofStudy(
    study,
    files.filter((each) => each.study === study),
  ),
)}`;
}

function ofStudy(study: string, files: readonly ReadFile[]): Html {
  const { [POPULATION]: people = "", ...columns } = Object.assign(
    {},
    ...files.map(({ published }) => published.words ?? {}),
  ) as Readonly<Record<string, string>>;
  const rows = Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));
  return markup`<h3><bdi>${study}</bdi></h3>
<p>Who is in: <bdi>${people}</bdi>. ${sizeText(files)}</p>
<div class="wide"><table><tr><th>Column</th><th>What the study asks for</th></tr>
${rows.map(([name, text]) => markup`<tr><td><bdi>${name}</bdi></td><td><bdi>${text}</bdi></td></tr>`)}</table></div>`;
}

/** From numbers that the files show; of a file that hides some nothing is added up. */
function sizeText(files: readonly ReadFile[]): string {
  const sizes = files.flatMap(sizesIn);
  if (sizes.length === 0) return "How many these are is not shown.";
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (most < TO) return `Fewer than ${TO} patients at each date, by the files themselves.`;
  const [low, high] = [rounded(least), rounded(most)];
  const size = low === high ? high : `${low} to ${high}`;
  return `About ${size} patients at each date, by the files themselves.`;
}

function sizesIn(file: ReadFile): readonly number[] {
  if (file.measure === null || file.isPatientLevel) return [];
  const columns = publishedTables(releaseOf("", [file])).flatMap((table) =>
    table.columns.filter(({ name }) => name === POPULATION),
  );
  return columns.flatMap(({ numbers }) =>
    numbers.includes(null) ? [] : [numbers.reduce<number>((sum, each) => sum + (each ?? 0), 0)],
  );
}

function rounded(size: number): string {
  return groupedDigits(Math.round(size / TO) * TO);
}

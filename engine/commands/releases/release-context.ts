/** What people who check outputs are told of each group of files: from the study, and from what is shown. */
import { publishedTables } from "../../audit/describe/published-table.ts";
import type { AuditResult } from "../../audit/audit-result.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Difference } from "./compare-releases.ts";
import { fileNameHtml } from "./file-name-html.ts";
import type { ReadFile } from "./read-release.ts";
import { releaseOf } from "./read-release.ts";
import { repairsMade } from "./repairs-made.ts";
import { fileGroups, findingsOf, periodsText, rulesText } from "./release-groups.ts";
import type { FileGroup } from "./release-groups.ts";

/** Sizes are told so roughly that they are no number of their own. */
const TO = 100;

interface Told {
  readonly files: readonly ReadFile[];
  readonly facts: AuditResult["facts"];
  readonly differences: readonly Difference[];
  readonly isFirst: boolean;
}

type Words = Readonly<Record<string, string>>;

export function contextSection(told: Told): Html {
  const studies = [...new Set(told.files.map(({ study }) => study))];
  return markup`<h2>Who is counted, and what</h2>
${studies.map((study) => ofStudy({ ...told, files: told.files.filter((each) => each.study === study) }, study))}`;
}

function ofStudy(told: Told, study: string): Html {
  const { files } = told;
  const words = Object.assign({}, ...files.map(({ published }) => published.words ?? {})) as Words;
  const groups = fileGroups(files);
  const shown = new Set(groups.flatMap((each) => [each.numerator, each.denominator, POPULATION]));
  const others = Object.entries(words)
    .filter(([name]) => !shown.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return markup`<h3>Study <bdi>${study}</bdi></h3>
<p>Who is in: <bdi>${words[POPULATION] ?? ""}</bdi>. ${sizeText(files)}</p>
${groups.map((group) => groupHtml(group, groups, { ...told, words }))}
${
  others.length === 0
    ? null
    : markup`<h4>Groups, and columns that these are made from</h4>
<div class="wide" tabindex="0" role="region" aria-label="Columns"><table><thead><tr><th scope="col">Column</th><th scope="col">What the study asks for</th></tr></thead><tbody>
${others.map(([name, text]) => markup`<tr><td class="path"><bdi>${fileNameHtml(name)}</bdi></td><td><bdi>${text}</bdi></td></tr>`)}</tbody></table></div>`
}`;
}

function groupHtml(
  group: FileGroup,
  groups: readonly FileGroup[],
  { words, ...told }: Told & { readonly words: Words },
): Html {
  const { numerator, denominator, files } = group;
  const same = groups.filter((each) => each !== group && each.denominator === denominator);
  const columns = [...new Set([numerator, denominator])].filter((name) => name !== POPULATION);
  const asked = columns.map((name) => [name, words[name] ?? "said in the context"] as const);
  const more = [
    ["Dates", periodsText(files)],
    ["Rule", rulesText(files)],
    ["Left out by repairs", repairsMade(files)],
    ["Of the same people", same.map((each) => each.numerator).join(", ")],
    ["Tied to other columns", tiesText(told.facts, columns)],
    ["Since what was released", sinceText(files, told)],
  ].filter(([, text]) => text !== "");
  return markup`<section class="group"><h4><bdi>${numerator}</bdi> of <bdi>${denominator === POPULATION ? "who is in" : denominator}</bdi></h4>
<dl>${asked.map(([name, text]) => markup`<dt><bdi>${fileNameHtml(name)}</bdi></dt><dd><bdi>${text}</bdi></dd>`)}${more.map(([name, text]) => markup`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
<div class="wide" tabindex="0" role="region" aria-label="Files"><table><thead><tr><th scope="col">File, and its SHA-256</th><th scope="col">By</th></tr></thead><tbody>
${files.map(fileRow)}</tbody></table></div></section>`;
}

function fileRow({ file, sha256, published: { spec } }: ReadFile): Html {
  const groups = (spec.group_by ?? []).filter((name) => name !== POPULATION);
  return markup`<tr><td class="path">${fileNameHtml(file)}<br /><code class="hash">${sha256}</code></td>
<td><bdi>${groups.length === 0 ? "all together" : groups.join(", ")}</bdi></td></tr>`;
}

function tiesText(facts: Told["facts"], columns: readonly string[]): string {
  const own = facts.filter((fact) => fact.columns.some((name) => columns.includes(name)));
  return own.map(factText).join("; ");
}

function factText({ kind, columns }: Told["facts"][number]): string {
  const [first = "", second = ""] = columns;
  if (kind === "subset") return `whoever is counted in ${first} is counted in ${second}`;
  if (kind === "disjoint") return `nobody is counted in both ${first} and ${second}`;
  return `${first} has those who are not in ${second}`;
}

function sinceText(files: readonly ReadFile[], { differences, isFirst }: Told): string {
  if (isFirst) return "nothing: this is the first release";
  const own = findingsOf(files, differences);
  if (own.length === 0) return "none of these measures";
  const bySays = new Map<string, string[]>();
  for (const { file, says } of own) bySays.set(says, [...(bySays.get(says) ?? []), file]);
  return [...bySays].map(([says, named]) => `${named.join(", ")}: ${says}`).join("; ");
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

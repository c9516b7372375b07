/** The page of a release, for the person who checks it. */
import type { AuditResult } from "../../audit/audit-result.ts";
import { MADE_BY_ENGINE } from "../../base/made-by-engine.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { pageText } from "../../page/page.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Finding } from "./pack-checks.ts";
import { contextSection } from "./release-context.ts";
import type { ReleaseFigure } from "./release-figures.ts";
import type { ReadFile } from "./read-release.ts";

export interface ReleasePage {
  readonly context: string;
  readonly files: readonly ReadFile[];
  readonly earlier: readonly string[];
  readonly audit: AuditResult;
  readonly warnings: readonly Finding[];
  readonly figures: readonly ReleaseFigure[];
}

/** Without a number of any file. */
export function releasePage(page: ReleasePage): string {
  const { context, files, earlier, audit, warnings, figures } = page;
  const { cells, policy, attacker, notModelled } = audit;
  const safe = cells.filter(({ verdict }) => verdict === "safe").length;
  return pageText({
    title: "Release of measures",
    generator: MADE_BY_ENGINE,
    style: "td,th{vertical-align:top}",
    body: markup`<main><h1>Release of measures</h1>
<h2>Context</h2>
${context.split(/\n{2,}/).map((part) => markup`<p>${part}</p>`)}
${contextSection(files)}
<h2>What can be worked out</h2>
<p>Nothing: of ${groupedDigits(cells.length)} numbers that are or may be small, ${groupedDigits(safe)} have ${policy.minValues} possible values or more, each with tables of true numbers that print exactly as these files do; none of the others is a number from 1 to ${policy.small}. Assumed is an attacker who ${attacker === "rules" ? "knows how numbers are hidden and rounded" : "only adds up"}, has all of these files${earlier.length === 0 ? "" : ` and ${earlier.join(", ")}`}, and knows nothing of single patients.</p>
${listOf("Not in the model", notModelled)}
<h2>Files</h2>
<div class="wide"><table><tr><th>File, and its SHA-256</th><th>What it shows</th><th>Dates</th><th>Rule</th></tr>
${files.map(fileRow)}</table></div>
${figuresSection(figures)}
${relations(files)}
${listOf("Columns that the study ties to one another", audit.facts.map(factText))}
${listOf(
  "To look at",
  warnings.map(({ file, says }) => `${file}: ${says}`),
)}
<h2>Released before</h2>
<p>${earlier.length === 0 ? "Nothing: this is the first release." : earlier.join(", ")}</p></main>`,
  });
}

function fileRow({ file, sha256, published }: ReadFile): Html {
  const { spec, cohorts } = published;
  const dates = Object.keys(cohorts).sort();
  const groups = (spec.group_by ?? []).join(", ");
  return markup`<tr><td class="path">${file}<br /><code class="hash">${sha256}</code></td>
<td><bdi>${spec.numerator}</bdi> of <bdi>${spec.denominator}</bdi> by <bdi>${groups}</bdi></td>
<td>${dates[0]} to ${dates.at(-1)}, ${dates.length}</td><td>${ruleText(published.spec)}</td></tr>`;
}

function figuresSection(figures: readonly ReleaseFigure[]): Html {
  if (figures.length === 0) return markup``;
  return markup`<h2>Figures, and the tables under them</h2>
<div class="wide"><table><tr><th>File, and its SHA-256</th><th>Drawn from</th></tr>
${figures.map(({ file, sha256, from }) => markup`<tr><td class="path">${file}<br /><code class="hash">${sha256}</code></td><td>${from.join(", ")}</td></tr>`)}</table></div>`;
}

function ruleText({ small_number_suppression: hiding, rounding }: ReadFile["published"]["spec"]) {
  const threshold = typeof hiding === "boolean" ? (hiding ? 5 : null) : hiding.threshold;
  const hidden = threshold === null ? "nothing hidden" : `1 to ${threshold} hidden`;
  if (rounding === undefined) return `${hidden}, not rounded`;
  return `${hidden}, rounded to ${rounding === "midpoint6" ? "the middle of six" : rounding.to}`;
}

/** Files of one denominator are about the same people. */
function relations(files: readonly ReadFile[]): Html {
  const byPeople = new Map<string, string[]>();
  for (const { file, published } of files) {
    const { denominator } = published.spec;
    byPeople.set(denominator, [...(byPeople.get(denominator) ?? []), file]);
  }
  const shared = [...byPeople].filter(([, own]) => own.length > 1);
  return listOf(
    "Files about the same people",
    shared.map(([name, own]) => `${name}: ${own.join(", ")}`),
  );
}

function factText({ kind, columns }: AuditResult["facts"][number]): string {
  const [first = "", second = ""] = columns;
  if (kind === "subset") return `whoever is counted in ${first} is counted in ${second}`;
  if (kind === "disjoint") return `nobody is counted in both ${first} and ${second}`;
  return `${first} has those who are not in ${second}`;
}

function listOf(title: string, items: readonly string[]): Html {
  if (items.length === 0) return markup``;
  return markup`<h2>${title}</h2><ul>${items.map((each) => markup`<li>${each}</li>`)}</ul>`;
}

/** The page of a release, for the person who checks it: the answer, what a person must look at, then what it is about. */
import { MADE_BY_ENGINE } from "../../base/made-by-engine.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { pageText } from "../../page/page.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { auditStyle } from "./audit-style.ts";
import { fileNameHtml } from "./file-name-html.ts";
import { groupedBySays } from "./pack-checks.ts";
import { contextSection } from "./release-context.ts";
import type { ReleaseFigure } from "./release-figures.ts";
import { periodsText } from "./release-groups.ts";
import type { ReleasePack } from "./release-contents.ts";

/** Files of one finding that are named; more are counted. */
const MOST_NAMED = 6;

/** Without a number of any file but how many differ from an earlier release, and by how little. */
export function releasePage(pack: ReleasePack): string {
  const { context, files, earlier, audit, figures, checks } = pack;
  return pageText({
    title: "Release of measures",
    generator: MADE_BY_ENGINE,
    style: `${auditStyle}.checks b{display:inline-block;min-width:3rem}.group{border-top:1px solid var(--line)}h4{margin:.8rem 0 .3rem}`,
    body: markup`<main><h1>Release of measures</h1>
<p class="verdict good">All ${checks.length} checks are met: of ${groupedDigits(audit.cells.length)} numbers that are or may be small, none can be worked out.</p>
${files.some(({ isDummy }) => isDummy) ? markup`<p class="verdict bad">Counted in dummy data: none of these numbers is about a patient.</p>` : null}
${summary(pack)}
<h2>Context</h2>
${context.split(/\n{2,}/).map((part) => markup`<p>${part}</p>`)}
${toLookAt(pack)}
<h2>What was checked</h2>
<ul class="checks">${checks.map(({ asks }) => markup`<li><b class="good">Met</b> ${asks}</li>`)}</ul>
${auditSection(pack)}
${contextSection({ files, facts: audit.facts, differences: pack.differences, isFirst: earlier.length === 0 })}
${figuresSection(figures)}</main>`,
  });
}

function summary({ files, figures, earlier, warnings }: ReleasePack): Html {
  const studies = [...new Set(files.map(({ study }) => study))];
  const drawn = figures.length === 0 ? "" : `, ${countText(figures.length, "figure")}`;
  const look =
    warnings.length === 0
      ? "nothing"
      : `${countText(groupedBySays(warnings).size, "point")}, below`;
  return markup`<dl><dt>Files</dt><dd>${countText(files.length, "measure")}${drawn}</dd>
<dt>${studies.length === 1 ? "Study" : "Studies"}</dt><dd>${studies.join(", ")}</dd>
<dt>Dates</dt><dd>${periodsText(files)}</dd>
<dt>Released before</dt><dd>${earlier.length === 0 ? "Nothing: this is the first release." : earlier.join(", ")}</dd>
<dt>For you to look at</dt><dd>${look}</dd></dl>`;
}

function countText(count: number, what: string): string {
  return `${groupedDigits(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** What no rule decides. */
function toLookAt({ warnings, files }: ReleasePack): Html {
  if (warnings.length === 0) return markup``;
  return markup`<h2>To look at</h2>
<div class="wide" tabindex="0" role="region" aria-label="To look at"><table><thead><tr><th scope="col">What</th><th scope="col">Where</th></tr></thead><tbody>
${[...groupedBySays(warnings)].map(([says, named]) => markup`<tr><td>${says}</td><td class="path">${named.length > 1 && named.length === files.length ? "every measure" : namesHtml(named)}</td></tr>`)}</tbody></table></div>`;
}

function namesHtml(names: readonly string[]): readonly Html[] {
  const more = names.length - MOST_NAMED;
  return [
    ...names.slice(0, MOST_NAMED).map((name) => markup`<div>${fileNameHtml(name)}</div>`),
    ...(more > 0 ? [markup`<div>and ${groupedDigits(more)} more</div>`] : []),
  ];
}

function auditSection({ audit, earlier, known }: ReleasePack): Html {
  const { cells, policy, attacker, notModelled } = audit;
  const safe = cells.filter(({ verdict }) => verdict === "safe").length;
  const has = [
    "all of these files",
    ...earlier,
    ...(known === undefined ? [] : [`the numbers of ${known}`]),
  ];
  return markup`<h2>What can be worked out</h2>
<p>Nothing: of ${groupedDigits(cells.length)} numbers that are or may be small, ${groupedDigits(safe)} have ${policy.minValues} possible values or more, each with tables of true numbers that print exactly as these files do; none of the others is a number from 1 to ${policy.small}. Assumed is an attacker who ${attacker === "rules" ? "knows how numbers are hidden and rounded" : "only adds up"}, has ${has.join(", ")}, and knows nothing of single patients. <code>cohortline verify-certificate audit.certificate.json --output-dir .</code> checks it again, in this folder and with what else it was audited with (<code>--earlier</code>, <code>--known</code>, <code>--policy</code>).</p>
${listOf("Not in the model", notModelled)}`;
}

function figuresSection(figures: readonly ReleaseFigure[]): Html {
  if (figures.length === 0) return markup``;
  return markup`<h2>Figures, and the tables under them</h2>
<div class="wide" tabindex="0" role="region" aria-label="Figures"><table><thead><tr><th scope="col">File, and its SHA-256</th><th scope="col">Drawn from</th></tr></thead><tbody>
${figures.map(({ file, sha256, from }) => markup`<tr><td class="path">${file}<br /><code class="hash">${sha256}</code></td><td>${from.join(", ")}</td></tr>`)}</tbody></table></div>`;
}

function listOf(title: string, items: readonly string[]): Html {
  if (items.length === 0) return markup``;
  return markup`<h3>${title}</h3><ul>${items.map((each) => markup`<li>${each}</li>`)}</ul>`;
}

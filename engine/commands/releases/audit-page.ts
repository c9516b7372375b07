/** The result of an audit as a page. It names what can be worked out and how, and never the number itself. */
import type { AuditResult } from "../../audit/audit-result.ts";
import { cellText } from "../../audit/describe/cell-name.ts";
import { MADE_BY_ENGINE } from "../../base/made-by-engine.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { pageText } from "../../page/page.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { auditStyle } from "./audit-style.ts";
import { verdictLine } from "./audit-verdict.ts";
import { leaksSection } from "./leaks-section.ts";
import { leaksTable } from "./leaks-table.ts";
import { repairsSection } from "./repairs-section.ts";
import { verdictMatrix } from "./verdict-matrix.ts";

/** Longer lists say how many more there are. */
const MOST_LISTED = 200;

/** The answer first, then where and how, then on what it rests. */
export function auditPage(result: AuditResult): string {
  const { releasable, inputs } = result;
  const verdict = releasable ? "Releasable" : "Not releasable";
  return pageText({
    title: `${verdict}: audit of published measures`,
    generator: MADE_BY_ENGINE,
    style: auditStyle,
    body: markup`<main><h1>Audit of published measures</h1>
<p class="verdict ${releasable ? "good" : "bad"}">${verdictLine(result)}.</p>
${assumptions(result)}
${listOf("Files with a row for each patient", patientFiles(result))}
${contradictionSection(result)}
${leaksTable(result)}
${repairsSection(result.repairs)}
${verdictMatrix(result)}
${leaksSection(result)}
${listOf("Undecided", result.undecided.map(cellText))}
${listOf("Not in the model", result.notModelled)}
${listOf("Equalities besides sums that were used", factsOf(result))}
<h2>Files</h2>
<div class="wide" tabindex="0" role="region" aria-label="Files"><table><thead><tr><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead><tbody>
${inputs.map(inputRow)}</tbody></table></div></main>`,
  });
}

function inputRow({ release, file, sha256 }: AuditResult["inputs"][number]): Html {
  return markup`<tr><td>${release}/${file}</td><td><code class="hash">${sha256}</code></td></tr>`;
}

/** What is known of whoever tries, and which numbers count as small. */
function assumptions({ policy, attacker, cells, contradiction }: AuditResult): Html {
  const safe = cells.filter(({ verdict }) => verdict === "safe").length;
  const found = markup`Of ${groupedDigits(safe)} numbers ${policy.minValues} possible values or more were found, each with tables that print exactly as these files do.`;
  const who =
    attacker === "rules"
      ? "knows the study and the rules by which small numbers are hidden and rounded"
      : "adds up what is printed, and does not know how small numbers are hidden";
  return markup`<p>Assumed is somebody who has all of the files below, ${who}, and knows nothing of single patients. A number
can be worked out where fewer than ${policy.minValues} values are possible and one of them is a number from 1 to ${policy.small}.
${contradiction === null ? found : null}</p>`;
}

function patientFiles({ inputs }: AuditResult): readonly string[] {
  const found = inputs.filter(({ patientLevel }) => patientLevel);
  return found.map(({ release, file }) => `${release}/${file}`);
}

function contradictionSection({ contradiction }: AuditResult): Html {
  if (contradiction === null) return markup``;
  return markup`<h2>Tables that cannot all be true</h2>
<p>Nothing is called safe. Without any one of these tables the others could be true:</p>
<ul>${contradiction.tables.map((each) => markup`<li>${each}</li>`)}</ul>
${contradiction.says === "" ? null : markup`<p>${contradiction.says}.</p>`}`;
}

function factsOf({ facts }: AuditResult): readonly string[] {
  return facts.map(({ kind, columns, from }) => `${kind}: ${columns.join(", ")} (${from})`);
}

function listOf(title: string, items: readonly string[]): Html {
  if (items.length === 0) return markup``;
  const more = items.length - MOST_LISTED;
  return markup`<h2>${title}</h2><ul>${items.slice(0, MOST_LISTED).map((each) => markup`<li>${each}</li>`)}
${more > 0 ? markup`<li>and ${groupedDigits(more)} more</li>` : null}</ul>`;
}

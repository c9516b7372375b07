import { holdsPatients } from "../state/action-state.ts";
import { outputsOf } from "../record/compare-runs.ts";
import type { RecordedOutput, RunRecord } from "../record/run-record.ts";
import { bytesText, rowsText } from "./shown-size.ts";
import { levelWords } from "../record/level-words.ts";
import { securityLevels } from "../project/project.ts";
import type { SecurityLevel } from "../project/project.ts";
import { markup } from "../../text/html.ts";
import type { OutputVerdict } from "./last-audit.ts";
import type { RunExtras } from "./run-extras.ts";
import type { Html } from "../../text/html.ts";

/** Lists of files that nobody may see are folded: what can be released is what people look for. */
const OPEN_UP_TO = 30;

/** What can be released is what people look for. */
const releasedFirst = [...securityLevels].sort(
  (a, b) => Number(a === "highly_sensitive") - Number(b === "highly_sensitive"),
);

/** What is known of each file: never what is in it. */
export function outputsSection(run: RunRecord, extras: RunExtras): readonly Html[] {
  const outputs = outputsOf(run);
  return [
    markup`<h2>Outputs</h2>`,
    ...(outputs.length === 0 ? [markup`<p>None.</p>`] : []),
    ...releasedFirst.flatMap((level) => levelTable(level, outputs, extras)),
  ];
}

function levelTable(
  level: SecurityLevel,
  all: readonly RecordedOutput[],
  { addressOf, verdictOf }: RunExtras,
): readonly Html[] {
  const outputs = all.filter((output) => output.level === level);
  if (outputs.length === 0) return [];
  const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
  const files = `${outputs.length} ${outputs.length === 1 ? "file" : "files"}`;
  const isKept = level === "highly_sensitive";
  const isOpen = level !== "highly_sensitive" && outputs.length <= OPEN_UP_TO;
  return [
    markup`<h3>${level}</h3>
<p class="soft">${levelWords[level]}</p>
<details${isOpen ? markup` open` : null}><summary>${files}, ${bytesText(bytes, isKept)} bytes${isKept ? roughly : null}</summary>
<div class="wide"><table>
<tr><th>File, and its SHA-256</th><th class="n">Bytes</th><th class="n">Rows</th></tr>
${outputs.map((output) => outputRow(output, addressOf(output), verdictOf(output)))}
</table></div></details>`,
  ];
}

const roughly = ", sizes rounded";

function outputRow(
  output: RecordedOutput,
  address: string | null,
  verdict: OutputVerdict | null,
): Html {
  const { path, bytes, rows, sha256, withheld, rewrites } = output;
  const isKept = holdsPatients(output);
  const why =
    withheld === null ? null : markup`<br /><span class="failed">withheld: it ${withheld}</span>`;
  const apart =
    rewrites === null
      ? null
      : markup`<br /><span class="soft">changed from that of ${rewrites}, and kept apart</span>`;
  const audited =
    verdict === null
      ? null
      : markup`<br /><span class="${verdict.tone}">audit: ${verdict.text}</span>`;
  const name = address === null ? path : markup`<a href="${address}">${path}</a>`;
  return markup`<tr>
    <td class="path">${name}${why}${apart}${audited}<br /><code class="hash">${sha256}</code></td>
    <td class="n">${bytesText(bytes, isKept)}</td>
    <td class="n">${rowsText(rows, isKept)}</td>
  </tr>`;
}

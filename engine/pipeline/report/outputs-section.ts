import { outputsOf } from "../record/compare-runs.ts";
import type { RecordedOutput, RunRecord } from "../record/run-record.ts";
import { levelWords } from "../record/level-words.ts";
import { securityLevels } from "../project/project.ts";
import type { SecurityLevel } from "../project/project.ts";
import { escaped } from "./escaped.ts";

const OPEN_UP_TO = 30;

/** What is known of each file: never what is in it. */
export function outputsSection(run: RunRecord): readonly string[] {
  const outputs = outputsOf(run);
  return [
    "<h2>Outputs</h2>",
    ...(outputs.length === 0 ? ["<p>None.</p>"] : []),
    ...securityLevels.flatMap((level) => levelTable(level, outputs)),
  ];
}

function levelTable(level: SecurityLevel, all: readonly RecordedOutput[]): readonly string[] {
  const outputs = all.filter((output) => output.level === level);
  if (outputs.length === 0) return [];
  const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
  const files = `${outputs.length} ${outputs.length === 1 ? "file" : "files"}`;
  const open = outputs.length <= OPEN_UP_TO ? " open" : "";
  return [
    `<h3>${level}</h3>`,
    `<p class="soft">${escaped(levelWords[level])}</p>`,
    `<details${open}><summary>${files}, ${grouped(bytes)} bytes</summary>`,
    '<div class="wide"><table>',
    '<tr><th>File</th><th class="n">Bytes</th><th class="n">Rows</th><th>SHA-256</th></tr>',
    ...outputs.map(outputRow),
    "</table></div></details>",
  ];
}

function outputRow({ path, bytes, rows, sha256, withheld }: RecordedOutput): string {
  const why =
    withheld === null ? "" : `<br><span class="failed">withheld: it ${escaped(withheld)}</span>`;
  return [
    `<tr><td class="path">${escaped(path)}${why}</td>`,
    `<td class="n">${grouped(bytes)}</td><td class="n">${rows === null ? "-" : grouped(rows)}</td>`,
    `<td><code title="${escaped(sha256)}">${escaped(sha256.slice(0, 16))}</code></td></tr>`,
  ].join("");
}

/** 1,234,567 in any locale. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

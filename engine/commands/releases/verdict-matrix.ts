/** Files by dates: the worst that an audit says of any number there, in a word as well as in a colour. */
import type { AuditedCell, AuditResult } from "../../audit/audit-result.ts";
import { fileOfFigure } from "../../audit/describe/figure-name.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { fileNameHtml } from "./file-name-html.ts";

interface Found {
  readonly leaks: number;
  readonly undecided: number;
  readonly safe: number;
}

const NOTHING: Found = { leaks: 0, undecided: 0, safe: 0 };

/** Files in which something is wrong come first. */
export function verdictMatrix({ inputs, cells }: AuditResult): Html {
  if (cells.length === 0) return markup``;
  const dates = [...new Set(cells.map(({ date }) => date))].sort(byCodePoint);
  const found = foundAt(cells);
  const folders = new Set(inputs.map(({ release }) => release));
  const rows = inputs.map(({ release, file }) => {
    const path = `${release}/${file}`;
    const name = folders.size === 1 ? file : path;
    return { name, found: dates.map((date) => found.get(keyOf(path, date)) ?? NOTHING) };
  });
  const inOrder = [...rows].sort((a, b) => rankOf(a.found) - rankOf(b.found));
  return markup`<h2>Files and dates</h2>
<p>${folders.size === 1 ? markup`All files are in <b>${inputs[0]?.release}</b>. ` : null}How many numbers can be worked out (<b class="bad">leaks</b>) or are <b class="wait">undecided</b>; <span class="good">safe</span>: enough values are possible for each hidden, rounded or small number; –: there is none.</p>
<div class="wide" tabindex="0" role="region" aria-label="Files and dates"><table class="matrix"><thead><tr><th scope="col">File</th>${dates.map((date) => markup`<th scope="col">${dateHtml(date)}</th>`)}</tr></thead><tbody>
${inOrder.map(({ name, found: own }) => markup`<tr><th scope="row">${fileNameHtml(name)}</th>${own.map(verdictCell)}</tr>`)}</tbody></table></div>`;
}

/** The year above the day, so that a year of months fits a page. */
function dateHtml(date: string): Html {
  const [, year = date, day = ""] = /^(\d{4}-)(.*)$/.exec(date) ?? [];
  return markup`${year}<span class="whole">${day}</span>`;
}

function rankOf(found: readonly Found[]): number {
  if (found.some(({ leaks }) => leaks > 0)) return 0;
  return found.some(({ undecided }) => undecided > 0) ? 1 : 2;
}

function foundAt(cells: readonly AuditedCell[]): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  for (const { figures, date, unsafe, verdict } of cells) {
    for (const file of new Set(figures.map(fileOfFigure))) {
      const { leaks, undecided, safe } = found.get(keyOf(file, date)) ?? NOTHING;
      found.set(keyOf(file, date), {
        leaks: leaks + Number(unsafe),
        undecided: undecided + Number(verdict === "undecided"),
        safe: safe + Number(verdict === "safe"),
      });
    }
  }
  return found;
}

function keyOf(file: string, date: string): string {
  return `${date} ${file}`;
}

function verdictCell({ leaks, undecided, safe }: Found): Html {
  if (leaks > 0) return markup`<td class="bad">${leaks} ${leaks === 1 ? "leak" : "leaks"}</td>`;
  if (undecided > 0) return markup`<td class="wait">${undecided} undecided</td>`;
  return safe > 0 ? markup`<td class="good">safe</td>` : markup`<td class="soft">–</td>`;
}

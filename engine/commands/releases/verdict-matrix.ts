/** Files by dates: the worst that an audit says of any number there, in a word as well as in a colour. */
import type { AuditedCell, AuditResult } from "../../audit/audit-result.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { fileOfFigure } from "../../audit/describe/figure-name.ts";

interface Found {
  readonly leaks: number;
  readonly undecided: number;
  readonly safe: number;
}

const NOTHING: Found = { leaks: 0, undecided: 0, safe: 0 };

export function verdictMatrix({ inputs, cells }: AuditResult): Html {
  if (cells.length === 0) return markup``;
  const dates = [...new Set(cells.map(({ date }) => date))].sort(byCodePoint);
  const found = foundAt(cells);
  const row = (file: string): Html =>
    markup`<tr><th scope="row">${file}</th>${dates.map((date) => verdictCell(found.get(keyOf(file, date)) ?? NOTHING))}</tr>`;
  return markup`<h2>Files and dates</h2>
<div class="wide" tabindex="0"><table class="matrix"><tr><th>File</th>${dates.map((date) => markup`<th>${date}</th>`)}</tr>
${inputs.map(({ release, file }) => row(`${release}/${file}`))}</table></div>`;
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
  if (leaks > 0) return markup`<td class="bad">${leaks} can be worked out</td>`;
  if (undecided > 0) return markup`<td class="wait">${undecided} undecided</td>`;
  return safe > 0
    ? markup`<td class="good">safe</td>`
    : markup`<td class="soft">nothing small</td>`;
}

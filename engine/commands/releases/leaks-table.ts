/** Where numbers can be worked out: one line for each file, so that whoever opens the page sees it at once. */
import type { AuditedCell, AuditResult } from "../../audit/audit-result.ts";
import { fileOfFigure } from "../../audit/describe/figure-name.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { fileNameHtml } from "./file-name-html.ts";

interface FileLeaks {
  readonly dates: Set<string>;
  leaks: number;
  exact: number;
  bySums: number;
  undecided: number;
}

/** The same number can be in several files, and is counted in each. */
export function leaksTable({ cells, inputs }: AuditResult): Html {
  const found = new Map<string, FileLeaks>();
  for (const cell of cells) {
    if (!cell.unsafe && cell.verdict !== "undecided") continue;
    for (const file of new Set(cell.figures.map(fileOfFigure))) {
      const own = found.get(file) ?? {
        dates: new Set(),
        leaks: 0,
        exact: 0,
        bySums: 0,
        undecided: 0,
      };
      found.set(file, own);
      add(own, cell);
    }
  }
  if (found.size === 0) return markup``;
  const rows = inputs.flatMap(({ release, file }) => {
    const own = found.get(`${release}/${file}`);
    return own === undefined ? [] : [rowHtml(`${release}/${file}`, own)];
  });
  return markup`<h2>Where</h2>
<div class="wide" tabindex="0" role="region" aria-label="Where"><table class="where"><thead><tr><th scope="col">File</th><th scope="col">Dates</th><th class="n" scope="col">Can be worked out</th><th class="n" scope="col">of these exactly</th><th class="n" scope="col">by adding up alone</th><th class="n" scope="col">Undecided</th></tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function add(own: FileLeaks, { date, unsafe, verdict, attacker }: AuditedCell): void {
  own.dates.add(date);
  own.leaks += Number(unsafe);
  own.exact += Number(unsafe && verdict === "exact");
  own.bySums += Number(unsafe && attacker === "sums");
  own.undecided += Number(verdict === "undecided");
}

function rowHtml(file: string, { dates, leaks, exact, bySums, undecided }: FileLeaks): Html {
  return markup`<tr><td class="path">${fileNameHtml(file)}</td><td class="dates">${datesText([...dates].sort(byCodePoint))}</td>
<td class="n bad">${countText(leaks)}</td><td class="n">${countText(exact)}</td><td class="n">${countText(bySums)}</td><td class="n wait">${countText(undecided)}</td></tr>`;
}

function countText(count: number): string {
  return count === 0 ? "–" : groupedDigits(count);
}

function datesText(dates: readonly string[]): string {
  const [first = "", ...more] = dates;
  if (more.length < 3) return dates.join(", ");
  return `${dates.length}, from ${first} to ${more.at(-1) ?? ""}`;
}

/** A csv file as a table: sorted as asked, a hundred rows a page, hidden numbers said to be hidden. */
import { basename } from "node:path";
import { measureIdOf } from "../../commands/measures/measure-files.ts";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { csvRows } from "../../text/csv-rows.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { ShownOutput } from "../shown-output.ts";

const ROWS_OF_A_PAGE = 100;

type Row = readonly string[];

export function tableLook({ run, output, bytes }: ShownOutput, query: URLSearchParams): Html {
  const [head = [], ...rows] = csvRows(bytes.toString("utf8")).map((row) => row.cells());
  const order = orderOf(query, head.length);
  const sorted = order === null ? rows : [...rows].sort(comparison(order));
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_OF_A_PAGE));
  const at = Math.min(pages, Math.max(1, Math.trunc(Number(query.get("page")) || 1)));
  const shown = sorted.slice((at - 1) * ROWS_OF_A_PAGE, at * ROWS_OF_A_PAGE);
  const address = `/runs/${run.id}/outputs/${output.sha256}`;
  const isHidden = hiddenIn(basename(output.path), head);
  return markup`<div class="wide" tabindex="0"><table><thead><tr>${head.map((name, column) => headCell(name, column, { address, order }))}</tr></thead><tbody>
${shown.map((row) => markup`<tr>${head.map((_, column) => cell(row, column, isHidden))}</tr>`)}</tbody></table></div>
${pageLinks(address, { at, pages, order, rows: rows.length })}`;
}

interface Order {
  readonly column: number;
  readonly isDown: boolean;
}

function orderOf(query: URLSearchParams, columns: number): Order | null {
  const given = query.get("sort") ?? "";
  if (!/^[0-9]{1,4}$/.test(given) || Number(given) >= columns) return null;
  return { column: Number(given), isDown: query.has("down") };
}

/** Numbers by their size, before all other texts; empty and hidden cells last, whichever the direction. */
function comparison({ column, isDown }: Order): (a: Row, b: Row) => number {
  const direction = isDown ? -1 : 1;
  return (rowA, rowB) => {
    const [a = "", b = ""] = [rowA[column], rowB[column]].map((text = "") => shownText(text));
    if (a === "" || b === "") return Number(a === "") - Number(b === "");
    const [one, other] = [Number(a), Number(b)];
    const [isNumber, isOther] = [!Number.isNaN(one), !Number.isNaN(other)];
    if (isNumber && isOther) return direction * (one - other);
    if (isNumber !== isOther) return direction * (isNumber ? -1 : 1);
    return direction * (a < b ? -1 : Number(a > b));
  };
}

const HIDDEN_WORD = /^\[?redacted\]?$/i;

function shownText(text: string): string {
  return HIDDEN_WORD.test(text) ? "" : text;
}

type HiddenCell = (row: Row, column: number) => "hidden" | "no denominator" | null;

/** Measures leave hidden numbers empty; other files say it in words, as output checkers ask. */
function hiddenIn(file: string, head: Row): HiddenCell {
  const value = head.lastIndexOf("value");
  const isMeasure = measureIdOf(file) !== null && value >= 2;
  return (row, column) => {
    const text = row[column] ?? "";
    if (HIDDEN_WORD.test(text)) return "hidden";
    if (!isMeasure || text !== "" || column < value - 2 || column > value) return null;
    return column === value && row[value - 1] === "0" ? "no denominator" : "hidden";
  };
}

function cell(row: Row, column: number, isHidden: HiddenCell): Html {
  const hidden = isHidden(row, column);
  if (hidden !== null) return markup`<td class="hidden-number">${hidden}</td>`;
  const text = row[column] ?? "";
  return text !== "" && !Number.isNaN(Number(text))
    ? markup`<td class="n">${text}</td>`
    : markup`<td><bdi>${text}</bdi></td>`;
}

function headCell(
  name: string,
  column: number,
  { address, order }: { readonly address: string; readonly order: Order | null },
): Html {
  const isHere = order?.column === column;
  const next = isHere && !order.isDown ? "&down=1" : "";
  const sorted = isHere ? markup` aria-sort="${order.isDown ? "descending" : "ascending"}"` : null;
  return markup`<th scope="col"${sorted}><a href="${address}?sort=${String(column)}${next}"><bdi>${name}</bdi></a></th>`;
}

interface Paged {
  readonly at: number;
  readonly pages: number;
  readonly order: Order | null;
  readonly rows: number;
}

function pageLinks(address: string, { at, pages, order, rows }: Paged): Html {
  const sort = order === null ? "" : `&sort=${order.column}${order.isDown ? "&down=1" : ""}`;
  const link = (to: number, words: string): Html | null =>
    to < 1 || to > pages
      ? null
      : markup`<a href="${address}?page=${String(to)}${sort}">${words}</a> `;
  return markup`<p>${groupedDigits(rows)} rows, page ${String(at)} of ${String(pages)}. ${link(at - 1, "Page before")}${link(at + 1, "Next page")}</p>`;
}

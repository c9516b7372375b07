/** A notebook that has run as a page for a browser: whole in one file, nothing fetched, no script. */
import { pageText } from "../../page/page.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { safeHtml } from "../../text/safe-html.ts";
import { markdown } from "./markdown.ts";
import type { CellOutput } from "./notebook.ts";
import type { RanCell } from "./ran-notebook.ts";

const style = `
.cell{margin:.8rem 0}.input{margin:0 0 .4rem}
.output{overflow-x:auto}.output img{max-width:100%;height:auto;background:#fff}
.output pre{margin:.3rem 0;white-space:pre;overflow-wrap:normal}
.output table,.text table{width:auto;font-size:.9rem;font-variant-numeric:tabular-nums}
.output td,.output th{text-align:right}
.text{overflow-x:auto}
.stderr{border-left:3px solid var(--wait);padding-left:.5rem}
.error{border-left:3px solid var(--bad);padding-left:.5rem;color:var(--bad)}
`;

export interface NotebookPage {
  readonly title: string;
  readonly cells: readonly RanCell[];
  /** A picture of the action's folder, as a `data:` address; null where it has none of that name. */
  readonly picture: (name: string) => string | null;
}

export function notebookPage({ title, cells, picture }: NotebookPage): string {
  const body = markup`<main>${cells.map((cell) => cellBlock(cell, picture))}</main>`;
  // The engine draws these pages and did not reckon what is on them: they are checked as a program's.
  return pageText({ title, generator: "notebook", style, body });
}

function cellBlock(cell: RanCell, picture: NotebookPage["picture"]): Html {
  const { kind, source, attachments, outputs } = cell;
  if (kind === "raw") return markup`<pre class="wide cell">${source}</pre>`;
  if (kind === "markdown") {
    const text = markdown(source, (name) => attachments.get(name) ?? picture(name));
    return markup`<div class="cell text">${text}</div>`;
  }
  const input =
    cell.isInputShown && source.trim() !== ""
      ? [markup`<pre class="wide input"><code>${source}</code></pre>`]
      : [];
  return markup`<div class="cell">${[...input, ...outputs.map(outputBlock)]}</div>`;
}

function outputBlock(output: CellOutput): Html {
  switch (output.output_type) {
    case "stream":
      return markup`<div class="output ${output.name}"><pre>${plain(output.text)}</pre></div>`;
    case "error":
      return markup`<div class="output error"><pre>${plain(output.traceback.join("\n"))}</pre></div>`;
    case "display_data":
    case "execute_result":
      return markup`<div class="output">${shown(output.data)}</div>`;
  }
}

/** The best of what an output offers that needs no script. */
function shown(data: Readonly<Record<string, unknown>>): Html {
  const text = (type: string): string | null => {
    const value = data[type];
    return typeof value === "string" ? value : null;
  };
  const vector = text("image/svg+xml");
  if (vector !== null) return pictureOf("image/svg+xml", Buffer.from(vector).toString("base64"));
  for (const type of ["image/png", "image/jpeg", "image/gif", "image/webp"]) {
    const bytes = text(type);
    if (bytes !== null) return pictureOf(type, bytes.replace(/[^A-Za-z0-9+/=]/g, ""));
  }
  const html = text("text/html");
  if (html !== null) return safeHtml(html);
  const marks = text("text/markdown");
  if (marks !== null) return markdown(marks, () => null);
  const rest = text("text/latex") ?? text("text/plain");
  return markup`<pre>${plain(rest ?? "(nothing that a page without scripts can show)")}</pre>`;
}

function pictureOf(type: string, bytes: string): Html {
  return markup`<img alt="" src="data:${type};base64,${bytes}" />`;
}

const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*[A-Za-z]`, "g");

/** Without the colours of a terminal. */
function plain(text: string): string {
  return text.replace(COLOUR, "");
}

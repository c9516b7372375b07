/** One output that researchers may see: as a table, a picture, a page in a frame without rights, or text. */
import { basename, extname } from "node:path";
import { groupedDigits } from "../../base/shown-numbers.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Reply } from "../reply.ts";
import type { ServedStudy } from "../served-study.ts";
import { actionOf, shownOutput } from "../shown-output.ts";
import type { ShownOutput } from "../shown-output.ts";
import { framedPage } from "./frame.ts";
import { pictureOf } from "./pictures-page.ts";
import { tableLook } from "./table-look.ts";

/** By ending, as the level check knows them; what is not here is saved and not shown. */
const types: Readonly<Record<string, { readonly type: string; readonly look: Look }>> = {
  ".csv": { type: "text/csv; charset=utf-8", look: "table" },
  ".png": { type: "image/png", look: "picture" },
  ".jpg": { type: "image/jpeg", look: "picture" },
  ".jpeg": { type: "image/jpeg", look: "picture" },
  ".svg": { type: "image/svg+xml", look: "picture" },
  ".html": { type: "text/html; charset=utf-8", look: "frame" },
  ".txt": { type: "text/plain; charset=utf-8", look: "text" },
  ".log": { type: "text/plain; charset=utf-8", look: "text" },
  ".md": { type: "text/plain; charset=utf-8", look: "text" },
  ".json": { type: "text/plain; charset=utf-8", look: "text" },
};

type Look = "table" | "picture" | "frame" | "text" | "none";

const SAVED = { type: "application/octet-stream", look: "none" } as const;

function typeOf({ output }: ShownOutput): { readonly type: string; readonly look: Look } {
  return types[extname(output.path)] ?? SAVED;
}

/** Problems: those of `shownOutput`. */
export function outputFile(study: ServedStudy, id: string, sha256: string): Reply {
  const shown = shownOutput(study, id, sha256);
  const { type, look } = typeOf(shown);
  const isShown = look === "picture" || look === "frame";
  const saveAs = isShown ? null : basename(shown.output.path);
  return { kind: "bytes", type, bytes: shown.bytes, saveAs };
}

/** Problems: those of `shownOutput`. */
export async function outputPage(
  study: ServedStudy,
  id: string,
  sha256: string,
  query: URLSearchParams,
): Promise<Reply> {
  const shown = shownOutput(study, id, sha256);
  const { run, output } = shown;
  const rows = output.rows === null ? "-" : groupedDigits(output.rows);
  return framedPage({
    title: `${output.path}: job request ${run.number}`,
    workspace: basename(study.context.folder),
    body: markup`<p><a href="/runs/${run.id}">Job request ${run.number}</a></p>
<h1>${output.path}</h1>
<dl><dt>Level</dt><dd>${output.level}</dd><dt>Action</dt><dd>${actionOf(run, output.path)}</dd><dt>Bytes</dt><dd>${groupedDigits(output.bytes)}</dd><dt>Rows</dt><dd>${rows}</dd><dt>SHA-256</dt><dd><code>${output.sha256}</code></dd></dl>
<p><a class="button" href="/runs/${run.id}/files/${sha256}" download="${basename(output.path)}">Save the whole file</a></p>
${await pictureOf(study, run, output.path)}
<div class="look">${lookOf(shown, query)}</div>`,
  });
}

const MOST_TEXT = 256 * 1024;

function lookOf(shown: ShownOutput, query: URLSearchParams): Html {
  const { run, output, bytes } = shown;
  const file = `/runs/${run.id}/files/${output.sha256}`;
  const name = basename(output.path);
  switch (typeOf(shown).look) {
    case "table":
      return tableLook(shown, query);
    case "picture":
      return markup`<img src="${file}" alt="${name}" />`;
    case "frame":
      return markup`<iframe sandbox src="${file}" title="${name}"></iframe>`;
    case "text":
      return markup`<pre class="wide" tabindex="0">${bytes.subarray(0, MOST_TEXT).toString("utf8")}</pre>
${bytes.length > MOST_TEXT ? markup`<p>The rest is in the file.</p>` : null}`;
    case "none":
      return markup`<p>A file of this kind is not shown here.</p>`;
  }
}

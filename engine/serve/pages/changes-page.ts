/** What has changed in the code since a run: the files, and the lines of those that the commit holds as they were run. */
import { createHash } from "node:crypto";
import { basename, extname } from "node:path";
import { readFileIn } from "../../files/enclosed-file.ts";
import { enclose } from "../../files/enclosure.ts";
import { filesOfCommit } from "../../pipeline/record/git-facts.ts";
import type { RunRecord } from "../../pipeline/record/run-record.ts";
import { fileDifferences } from "../../pipeline/state/changes.ts";
import type { FileDifference } from "../../pipeline/state/changes.ts";
import { OpenedFolder } from "../../pipeline/state/study-folder.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { lineDifference } from "../line-difference.ts";
import type { DifferingLine } from "../line-difference.ts";
import type { Reply } from "../reply.ts";
import { runOf } from "../served-study.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";

/** Problems: unknown-run, and those of the study's folder. */
export async function changesPage(study: ServedStudy, id: string): Promise<Reply> {
  const { run } = runOf(study, id);
  const { folder, environment } = study.context;
  const { now } = OpenedFolder(study.context, study.settings);
  const hashes: Record<string, string> = {};
  for (const path of now.code) hashes[path] = (await now.hash(path)) ?? "";
  const { commit } = run.git;
  const old = commit === null ? () => null : filesOfCommit(folder, environment, commit);
  const files = fileDifferences(run.code, hashes);
  return framedPage({
    title: `Changes since job request ${run.number}`,
    workspace: basename(folder),
    body: markup`<p><a href="/runs/${run.id}">Job request ${run.number}</a></p>
<h1>Changes since this run</h1>
${files.length === 0 ? markup`<p>All code is as it was run.</p>` : files.map((file) => fileBlock(file, { run, folder, old }))}`,
  });
}

interface Before {
  readonly run: RunRecord;
  readonly folder: string;
  readonly old: (path: string) => Buffer | null;
}

function fileBlock(file: FileDifference, before: Before): Html {
  return markup`<h2><code>${file.path}</code> ${file.what}</h2>${linesOf(file, before)}`;
}

/** What people write. Any other file of a study could hold patients, whoever calls it code. */
const WRITTEN = /^\.(?:ts|mjs|js|py|r|rmd|do|ado|sql|sh|yaml|yml|md)$/i;
const MOST_BYTES = 1024 * 1024;

function linesOf({ path, what }: FileDifference, { run, folder, old }: Before): Html | null {
  const isCodelist = path.startsWith("codelists/") && extname(path) === ".csv";
  if (what !== "changed" || (!WRITTEN.test(extname(path)) && !isCodelist)) return null;
  const then = old(path);
  if (then === null || sumOf(then) !== run.code[path]) {
    return markup`<p class="soft">It was not committed as it was run, so its lines are not known.</p>`;
  }
  const now = readFileIn(enclose(folder), path, MOST_BYTES);
  const lines = now === null ? null : lineDifference(then.toString("utf8"), now.toString("utf8"));
  if (lines === null) return markup`<p class="soft">It differs in too many lines to show.</p>`;
  return markup`<pre class="wide lines" tabindex="0">${lines.map(lineHtml)}</pre>`;
}

const marks: Readonly<Record<DifferingLine["kind"], string>> = {
  same: "  ",
  removed: "- ",
  added: "+ ",
  "left out": "…",
};

function lineHtml({ kind, text }: DifferingLine): Html {
  const words = `${marks[kind]}${text}`;
  if (kind === "removed") return markup`<del>${words}</del>`;
  return kind === "added" ? markup`<ins>${words}</ins>` : markup`${words}`;
}

function sumOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

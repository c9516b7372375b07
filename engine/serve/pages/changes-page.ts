/** What has changed in the code since a run, and from the run before to it: the files, and the lines of those that are known. */
import { basename, extname } from "node:path";
import type { RunRecord } from "../../pipeline/record/run-record.ts";
import { fileDifferences } from "../../pipeline/state/changes.ts";
import type { FileDifference } from "../../pipeline/state/changes.ts";
import { OpenedFolder } from "../../pipeline/state/study-folder.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { codeTexts } from "../code-texts.ts";
import type { CodeText, CodeThen } from "../code-texts.ts";
import { lineDifference } from "../line-difference.ts";
import type { DifferingLine } from "../line-difference.ts";
import type { Reply } from "../reply.ts";
import { runOf } from "../served-study.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";

/** Problems: unknown-run, and those of the study's folder. */
export async function changesPage(study: ServedStudy, id: string): Promise<Reply> {
  const { run } = runOf(study, id);
  const { folder } = study.context;
  const { now } = OpenedFolder(study.context, study.settings);
  const hashes: Record<string, string> = {};
  for (const path of now.code) hashes[path] = (await now.hash(path)) ?? "";
  const tree: CodeThen = { code: hashes, commit: null };
  const before = runBefore(study, run);
  const ran = { code: run.code, commit: run.git.commit };
  return framedPage({
    title: `Changes of job request ${run.number}`,
    workspace: basename(folder),
    body: markup`<p><a href="/runs/${run.id}">Job request ${run.number}</a></p>
<h1>Changes in the code</h1>
<h2>Since this run, in the working tree</h2>
${changesBetween(study, ran, tree, "All code is as it was run.")}
${before === null ? markup`<p>No previous run to compare with.</p>` : beforePart(study, before, ran)}`,
  });
}

function runBefore(study: ServedStudy, run: RunRecord): RunRecord | null {
  const { previous } = study.runs.comparisons(run);
  return previous === null ? null : (study.runs.read(previous.id)?.run ?? null);
}

function beforePart(study: ServedStudy, before: RunRecord, ran: CodeThen): Html {
  const then = { code: before.code, commit: before.git.commit };
  return markup`<h2>From run ${before.number} to this one</h2>
${changesBetween(study, then, ran, "All code is as it was in that run.")}`;
}

function changesBetween(study: ServedStudy, then: CodeThen, now: CodeThen, none: string): Html {
  const files = fileDifferences(then.code, now.code);
  if (files.length === 0) return markup`<p>${none}</p>`;
  const { folder, environment } = study.context;
  const at = { folder, environment };
  const [old, come] = [codeTexts(at, then), codeTexts(at, now)];
  return markup`${files.map((file) => fileBlock(file, old, come))}`;
}

function fileBlock(file: FileDifference, old: CodeText, now: CodeText): Html {
  return markup`<h3><code>${file.path}</code> ${file.what}</h3>${linesOf(file, old, now)}`;
}

/** What people write. Any other file of a study could hold patients, whoever calls it code. */
const WRITTEN = /^\.(?:ts|mjs|js|py|r|rmd|do|ado|sql|sh|yaml|yml|md)$/i;

function linesOf({ path, what }: FileDifference, old: CodeText, now: CodeText): Html | null {
  const isCodelist = path.startsWith("codelists/") && extname(path) === ".csv";
  if (what !== "changed" || (!WRITTEN.test(extname(path)) && !isCodelist)) return null;
  const [before, after] = [old(path), now(path)];
  if (before === null || after === null) {
    return markup`<p class="soft">It was not committed as it was run, so its lines are not known.</p>`;
  }
  const lines = lineDifference(before, after);
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

/** Choosing what to release of a run: measures alone, and none that was withheld. */
import { basename } from "node:path";
import { groupedDigits } from "../../base/shown-numbers.ts";
import type { RecordedOutput, RunRecord } from "../../pipeline/record/run-record.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { fail } from "../problems.ts";
import { earlierReleases } from "../../commands/releases/earlier-releases.ts";
import { releaseChoices } from "../releases/release-choices.ts";
import type { Reply } from "../reply.ts";
import { runOf } from "../served-study.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";

/** Problems: unknown-run, run-of-others. */
export function releasePage(study: ServedStudy, id: string, formToken: string): Reply {
  const { run, isOurs } = runOf(study, id);
  if (!isOurs) return fail("run-of-others", { number: run.number });
  const { folder } = study.context;
  const { folders, others, counted } = releaseChoices(study, run);
  const asked = { run, formToken, earlier: earlierReleases(folder) };
  return framedPage({
    title: `Release: job request ${run.number}`,
    workspace: basename(folder),
    body: markup`<p><a href="/runs/${run.id}">Job request ${run.number}</a></p><h1>Release outputs</h1>
<p>Choose measures to hand to the people who check outputs. First everything is examined as <code>cohortline audit</code> and <code>cohortline release</code> do; you see what was found before anything is packed.</p>
${folders.size === 0 ? markup`<p>This run has no measures that can be released.</p>` : null}
${[...folders].map(([below, files]) => choiceForm(below, files, asked))}
${othersList(others, counted)}`,
  });
}

interface Asked {
  readonly run: RunRecord;
  readonly formToken: string;
  readonly earlier: readonly string[];
}

function choiceForm(
  folder: string,
  files: readonly RecordedOutput[],
  { run, formToken, earlier }: Asked,
): Html {
  return markup`<h2>Measures in <code>${folder}</code></h2>
<form method="post" action="/runs/${run.id}/reviews">
<fieldset><legend>Files</legend>${files.map(fileBox)}</fieldset>
<p><label>What the measures are about, and why they are needed
<textarea name="context" rows="5" required></textarea></label></p>
<fieldset><legend>What was released of these patients before</legend>
<label><input type="checkbox" name="first" value="1" /> Nothing: this is the first release</label>
${earlier.map((path) => markup`<label><input type="checkbox" name="earlier" value="${path}" /> ${path}</label>`)}</fieldset>
<p><label>Name of the release <input name="name" value="run-${String(run.number)}" pattern="[A-Za-z0-9][A-Za-z0-9._\\-]*" maxlength="64" required /></label></p>
<input type="hidden" name="token" value="${formToken}" />
<button class="main">Examine</button></form>`;
}

function fileBox({ path, sha256, rows }: RecordedOutput): Html {
  const size = rows === null ? "" : `, ${groupedDigits(rows)} rows`;
  return markup`<label><input type="checkbox" name="file" value="${sha256}" checked /> ${basename(path)}<span class="soft">${size}</span></label>`;
}

function othersList(
  others: readonly { readonly path: string; readonly why: string }[],
  counted: readonly string[],
): Html {
  if (others.length + counted.length === 0) return markup``;
  return markup`<h2>What cannot be chosen</h2>
<ul>${others.map(({ path, why }) => markup`<li>${path} ${why}</li>`)}
${counted.map((words) => markup`<li>${words}</li>`)}</ul>`;
}

/** What was found of a release: the verdict of each file with its proofs, the list of checks, and the pack. */
import { basename } from "node:path";
import { groupedDigits } from "../../base/shown-numbers.ts";
import type { ReleaseCheck } from "../../commands/releases/examine-release.ts";
import type { ReleaseReview, ReviewAnswer } from "../../commands/releases/review-release.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Review } from "../releases/release-desk.ts";
import type { Reply } from "../reply.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";
import { problemList } from "./problem-page.ts";

type FileVerdict = ReleaseReview["verdicts"][number];
type LeakInWords = FileVerdict["leaks"][number];

/** Problem: review-unknown. */
export function reviewPage(study: ServedStudy, id: string, formToken: string): Reply {
  const review = study.releases.review(id);
  const { run } = review.order;
  const isWorking = review.examined === null || review.packed === "working";
  return framedPage({
    title: `Release: job request ${run.number}`,
    workspace: basename(study.context.folder),
    events: isWorking ? `/reviews/${id}/events` : null,
    body: markup`<p><a href="/runs/${run.id}">Job request ${run.number}</a>, <a href="/runs/${run.id}/release">choose again</a></p>
<h1>Release ${basename(review.order.to)}</h1>
${packPart(review, formToken)}${examinedPart(review.examined)}`,
  });
}

function packPart({ id, order, examined, packed }: Review, formToken: string): Html | null {
  if (packed === "working")
    return markup`<p class="running" role="status">The pack is being made.</p>`;
  if (packed?.kind === "packed") {
    return markup`<p class="status succeeded">Packed in ${order.to}</p>
<ul>${packed.lines.map((line) => markup`<li>${line}</li>`)}</ul>
<p>Hand over the whole folder. <code>release.html</code> in it is for the people who check outputs.</p>`;
  }
  const why = packed?.kind === "problems" ? problemList(packed.problems) : null;
  if (examined?.kind !== "reviewed" || !canBePacked(examined.review)) return why;
  return markup`${why}<form method="post" action="/reviews/${id}/pack"><input type="hidden" name="token" value="${formToken}" />
<p>Nothing is against it. The pack is a folder of its own, ${order.to}, and is never changed.</p>
<button class="main">Make the pack</button></form>`;
}

function canBePacked({ checks }: ReleaseReview): boolean {
  return checks.every(({ findings }) => findings.length === 0);
}

function examinedPart(examined: ReviewAnswer | null): Html | null {
  switch (examined?.kind) {
    case undefined:
      return markup`<p class="running" role="status">The files are being examined. This page changes when it is done.</p>`;
    case "problems":
      return problemList(examined.problems);
    case "packed":
      return null;
    case "reviewed":
      return reviewed(examined.review);
  }
}

function reviewed({ verdicts, checks, warnings, notModelled }: ReleaseReview): Html {
  return markup`<h2>What is asked of a release</h2>
<ul class="checks">${checks.map(checkItem)}</ul>
<h2>What can be worked out</h2>
<div class="wide" tabindex="0"><table><thead><tr><th scope="col">File</th><th scope="col">Verdict</th><th class="n" scope="col">Numbers that are or may be small</th><th class="n" scope="col">Safe</th><th class="n" scope="col">Can be worked out</th><th class="n" scope="col">Undecided</th></tr></thead><tbody>
${verdicts.map(verdictRow)}</tbody></table></div>
${verdicts.filter(({ leaks }) => leaks.length > 0).map(leaksOf)}
${listOf("For the people who check outputs to look at", warnings)}
${listOf("Not in the model", notModelled)}`;
}

function checkItem({ asks, findings }: ReleaseCheck): Html {
  const isMet = findings.length === 0;
  return markup`<li><span class="status ${isMet ? "succeeded" : "failed"}">${isMet ? "Met" : "Not met"}</span>: ${asks}
${isMet ? null : markup`<ul>${findings.map((finding) => markup`<li>${finding}</li>`)}</ul>`}</li>`;
}

function verdictRow(verdict: FileVerdict): Html {
  const { release, file, numbers, safe, undecided } = verdict;
  const leaks = leaksIn(verdict);
  const words = verdictWords(verdict);
  return markup`<tr><td class="path">${release}/${file}</td><td class="status ${words === "releasable" ? "succeeded" : "failed"}">${words}</td>
<td class="n">${groupedDigits(numbers)}</td><td class="n">${groupedDigits(safe)}</td><td class="n">${groupedDigits(leaks)}</td><td class="n">${groupedDigits(undecided)}</td></tr>`;
}

function leaksIn({ leaks, more }: FileVerdict): number {
  return leaks.length + more;
}

function verdictWords(verdict: FileVerdict): string {
  if (verdict.patientLevel) return "a row for each patient";
  if (leaksIn(verdict) > 0) return "not releasable";
  return verdict.undecided > 0 ? "undecided" : "releasable";
}

function leaksOf({ file, leaks, more }: FileVerdict): Html {
  return markup`<details open><summary>${file}: how numbers can be worked out</summary>
<ul>${leaks.map(leakItem)}</ul>${more > 0 ? markup`<p>And ${groupedDigits(more)} more.</p>` : null}</details>`;
}

/** The published figures that tell it; never the number. */
function leakItem({ says, steps, who }: LeakInWords): Html {
  return markup`<li>${says}: can be worked out by ${who}, because
<ul>${steps.map((step) => markup`<li>${step}</li>`)}</ul></li>`;
}

function listOf(title: string, items: readonly string[]): Html | null {
  if (items.length === 0) return null;
  return markup`<h2>${title}</h2><ul>${items.map((each) => markup`<li>${each}</li>`)}</ul>`;
}

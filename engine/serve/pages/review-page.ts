/** What was found of a release: the verdict of each file with its proofs, the list of checks, and the pack. */
import { basename } from "node:path";
import { groupedDigits } from "../../base/shown-numbers.ts";
import type { ReleaseCheck } from "../../commands/releases/pack-checks.ts";
import type {
  ReleaseReview,
  ReviewAnswer,
  ReviewedFile,
} from "../../commands/releases/review-release.ts";
import { markup, trustedMarkup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Review } from "../releases/release-desk.ts";
import type { Reply } from "../reply.ts";
import type { ServedStudy } from "../served-study.ts";
import { framedPage } from "./frame.ts";
import { problemList } from "./problem-page.ts";

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

function reviewed({ verdict, files, checks, warnings, notModelled, ...html }: ReleaseReview): Html {
  // Both were made by `markup`, in a thread of our own.
  const [matrix, proofs] = [trustedMarkup(html.matrix), trustedMarkup(html.proofs)];
  return markup`<h2>What is asked of a release</h2>
<ul class="checks">${checks.map(checkItem)}</ul>
<h2>Verdict of each file</h2><p>${verdict}.</p>
<div class="wide" tabindex="0"><table><thead><tr><th scope="col">File</th><th scope="col">Verdict</th><th class="n" scope="col">Can be worked out</th><th class="n" scope="col">Undecided</th></tr></thead><tbody>
${files.map(verdictRow)}</tbody></table></div>
${matrix}${proofs}
${listOf("For the people who check outputs to look at", warnings)}
${listOf("Not in the model", notModelled)}`;
}

function checkItem({ asks, findings }: ReleaseCheck): Html {
  const isMet = findings.length === 0;
  return markup`<li><span class="status ${isMet ? "succeeded" : "failed"}">${isMet ? "Met" : "Not met"}</span>: ${asks}
${isMet ? null : markup`<ul>${findings.map((finding) => markup`<li>${finding}</li>`)}</ul>`}</li>`;
}

function verdictRow({ path, verdict, isReleasable, leaks, undecided }: ReviewedFile): Html {
  const tone = isReleasable ? "succeeded" : "failed";
  return markup`<tr><td class="path">${path}</td><td class="status ${tone}">${verdict}</td>
<td class="n">${groupedDigits(leaks)}</td><td class="n">${groupedDigits(undecided)}</td></tr>`;
}

function listOf(title: string, items: readonly string[]): Html | null {
  if (items.length === 0) return null;
  return markup`<h2>${title}</h2><ul>${items.map((each) => markup`<li>${each}</li>`)}</ul>`;
}

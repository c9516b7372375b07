import { asLogged } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Reply } from "../reply.ts";
import { statusOf } from "../statuses.ts";
import { framedPage } from "./frame.ts";

/** What is wrong and the way out. Never a fact that may be of a patient. */
export function problemPage(problems: readonly Problem[]): Reply {
  const status = statusOf(problems);
  const known = problems.length > 0 ? problems : [];
  return framedPage({
    title: known[0]?.message ?? "Nothing was done",
    workspace: "",
    status,
    body: markup`<p class="soft">${String(status)}</p><h1>This did not work</h1>
${problemList(known)}
<p><a href="/">Go to the workspace</a></p>`,
  });
}

export function problemList(problems: readonly Problem[]): Html {
  return markup`<ul class="problems">${problems.map(problemItem)}</ul>`;
}

function problemItem(told: Problem): Html {
  const { place, message, hint, code } = asLogged(told);
  const [first = "", ...drawing] = message.split("\n");
  const at = [place?.file, place?.line, place?.column].filter((part) => part !== undefined);
  const where = at.length === 0 ? null : markup`<code>${at.join(":")}</code>: `;
  const drawn = drawing.length === 0 ? null : markup`<pre class="wide">${drawing.join("\n")}</pre>`;
  const wayOut = hint === "" ? null : markup`<br /><span class="soft">${hint}</span>`;
  return markup`<li>${where}${first} <code class="soft">[${code}]</code>${drawn}${wayOut}</li>`;
}

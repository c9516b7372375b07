/** Choosing actions: on the graph or in the list, and what would run then, before anything does. */
import { basename } from "node:path";
import { graphSvg } from "../../pipeline/graph/graph-svg.ts";
import { graphOfPlan } from "../../pipeline/graph/pipeline-graph.ts";
import { RUN_ALL } from "../../pipeline/project/project.ts";
import { planActions } from "../../pipeline/state/plan.ts";
import { OpenedFolder } from "../../pipeline/state/study-folder.ts";
import { databaseName } from "../../pipeline/run/command-words.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Reply } from "../reply.ts";
import type { ServedStudy } from "../served-study.ts";
import { requestFrom } from "../start-from-form.ts";
import { framedPage } from "./frame.ts";
import { planTable } from "./workspace-page.ts";

/** What is chosen stands in the address: choosing changes nothing. Problems: those of the study's folder. */
export async function startPage(
  study: ServedStudy,
  query: URLSearchParams,
  formToken: string,
): Promise<Reply> {
  const asked = chosenOnly(study, query);
  const { now } = OpenedFolder(study.context, requestFrom(study, asked));
  const all = await planActions({ wanted: [RUN_ALL], force: false }, now);
  const names = all.map(({ action }) => action.name);
  const chosen = asked.getAll("action").filter((name) => names.includes(name));
  const workspace = basename(study.context.folder);
  const plan = await planActions({ wanted: chosen, force: asked.has("force") }, now);
  const ticked = new Set(chosen);
  return framedPage({
    title: `Start actions: ${workspace}`,
    workspace,
    body: markup`<h1>Start actions</h1>
<p>Choose actions in the picture or in the list. What they need runs too, where it is not up to date.</p>
<div class="wide" tabindex="0">${graphSvg(graphOfPlan(all), markup``, {
      address: (name) => `/start?${toggled(asked, name)}`,
      chosen: ticked,
    })}</div>
${choiceForm(study, { asked, names, ticked })}
${chosen.length === 0 ? null : markup`<h2>This would run</h2>${planTable(plan)}${startForm(asked, formToken)}`}`,
  });
}

function chosenOnly({ settings }: ServedStudy, query: URLSearchParams): URLSearchParams {
  const asked = new URLSearchParams();
  for (const name of query.getAll("action")) asked.append("action", name);
  if (query.has("force")) asked.set("force", "1");
  const isDummy = settings.databaseUrl === undefined || query.get("data") === "dummy";
  asked.set("data", isDummy ? "dummy" : "database");
  return asked;
}

function toggled(asked: URLSearchParams, name: string): string {
  const next = new URLSearchParams(asked);
  const has = next.getAll("action").includes(name);
  if (has) next.delete("action", name);
  else next.append("action", name);
  return next.toString();
}

interface Choice {
  readonly asked: URLSearchParams;
  readonly names: readonly string[];
  readonly ticked: ReadonlySet<string>;
}

function choiceForm(study: ServedStudy, { asked, names, ticked }: Choice): Html {
  const boxes = names.map(
    (name) =>
      markup`<label><input type="checkbox" name="action" value="${name}"${ticked.has(name) ? markup` checked` : null} /> ${name}</label>`,
  );
  const force = asked.has("force") ? markup` checked` : null;
  return markup`<form method="get" action="/start">
<fieldset><legend>Actions</legend>${boxes}</fieldset>
<fieldset><legend>Patients</legend>${dataChoice(study, asked)}</fieldset>
<label><input type="checkbox" name="force" value="1"${force} /> Force run dependencies: run what they need even if it is up to date</label>
<p><button>Show what would run</button></p></form>`;
}

/** Never a database that a page names: the one that the server was started with, or none. */
function dataChoice({ settings }: ServedStudy, asked: URLSearchParams): Html {
  const { databaseUrl } = settings;
  const choice = (value: string, words: string): Html =>
    markup`<label><input type="radio" name="data" value="${value}"${asked.get("data") === value ? markup` checked` : null} /> ${words}</label>`;
  const dummy = choice("dummy", "dummy data");
  return databaseUrl === undefined
    ? dummy
    : markup`${choice("database", databaseName(databaseUrl))}${dummy}`;
}

function startForm(asked: URLSearchParams, formToken: string): Html {
  const fields = [...asked].map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return markup`<form method="post" action="/runs">${fields}<input type="hidden" name="token" value="${formToken}" />
<button class="main">Start</button></form>`;
}

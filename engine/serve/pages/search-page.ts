/** Actions, outputs and runs by what somebody types. */
import { basename } from "node:path";
import { hasProject } from "../../pipeline/project/project.ts";
import { readProjectFile } from "../../pipeline/project/read-project-file.ts";
import { outputsOf } from "../../pipeline/record/compare-runs.ts";
import type { FoundRun } from "../../pipeline/record/run-index.ts";
import { runStatusTexts } from "../../pipeline/record/status.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import type { Reply } from "../reply.ts";
import type { ServedStudy } from "../served-study.ts";
import { shownOutputs } from "../shown-outputs.ts";
import { framedPage } from "./frame.ts";

/** Each kind; who does not find it types more. */
const MOST_FOUND = 40;
const RUNS_SEARCHED = 20;

export function searchPage(study: ServedStudy, query: URLSearchParams): Reply {
  const text = query.get("for") ?? "";
  const words = text.trim().toLowerCase();
  const has = (name: string): boolean => name.toLowerCase().includes(words);
  const isEmpty = words === "";
  return framedPage({
    title: `Search: ${text}`,
    workspace: basename(study.context.folder),
    body: markup`<h1>Search: ${text}</h1>
${isEmpty ? null : foundList("Actions", actionsFound(study, has))}
${isEmpty ? null : foundList("Outputs", outputsFound(study, has))}
${isEmpty ? null : foundList("Job requests", runsFound(study, has))}`,
  });
}

type Has = (name: string) => boolean;

function foundList(title: string, found: readonly Html[]): Html {
  const more = found.length - MOST_FOUND;
  return markup`<h2>${title}</h2>
${found.length === 0 ? markup`<p>None.</p>` : markup`<ul>${found.slice(0, MOST_FOUND).map((each) => markup`<li>${each}</li>`)}</ul>`}
${more > 0 ? markup`<p>And ${more} more.</p>` : null}`;
}

/** A project.yaml that cannot be read names none. */
function actionsFound({ context, isReadOnly }: ServedStudy, has: Has): readonly Html[] {
  if (!hasProject(context.folder)) return [];
  const names = (readProjectFile(context.folder).project?.actions ?? []).map(({ name }) => name);
  return names
    .filter(has)
    .map((name) =>
      isReadOnly
        ? markup`${name}`
        : markup`<a href="/start?${new URLSearchParams({ action: name }).toString()}">${name}</a>`,
    );
}

/** Of the last runs, each path once, where it was made last. */
function outputsFound(study: ServedStudy, has: Has): readonly Html[] {
  const found = new Map<string, Html>();
  for (const { id } of study.runs.list().runs.slice(0, RUNS_SEARCHED)) {
    const read = study.runs.read(id);
    if (read !== null) addOutputs(study, read, { has, found });
  }
  return [...found.values()];
}

interface Finding {
  readonly has: Has;
  readonly found: Map<string, Html>;
}

function addOutputs(study: ServedStudy, { run, isOurs }: FoundRun, { has, found }: Finding): void {
  const fresh = outputsOf(run).filter(({ path }) => has(path) && !found.has(path));
  if (fresh.length === 0) return;
  const shown = isOurs ? shownOutputs(study, run) : new Set<string>();
  for (const { path, sha256, level } of fresh) {
    const address = shown.has(path) ? `/runs/${run.id}/outputs/${sha256}` : `/runs/${run.id}`;
    found.set(
      path,
      markup`<a href="${address}">${path}</a> <span class="soft">${level}, run ${run.number}</span>`,
    );
  }
}

function runsFound(study: ServedStudy, has: Has): readonly Html[] {
  return study.runs
    .list()
    .runs.filter(({ id, number, requested_actions: actions, requested_by: by, branch }) =>
      [id, String(number), by, branch ?? "", ...actions].some(has),
    )
    .map(
      ({ id, number, status, requested_actions: actions }) =>
        markup`<a href="/runs/${id}">${number}</a> <span class="status ${status}">${runStatusTexts[status]}</span> ${actions.join(", ")}`,
    );
}

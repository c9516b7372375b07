/** Runs a command of cohortextractor in its working folder, in this process. */
import { asLogged, problemLines, ProblemError } from "../../base/problems.ts";
import type { Reporter, StudyFacts } from "../../commands/context.ts";
import { workspaceSecret } from "../../commands/manifest/workspace-secret.ts";
import { madeFiles } from "../declared-outputs.ts";
import type { Action, Project } from "../project/project.ts";
import type { ActionRun, CommandEnd } from "./action-run.ts";
import type { ActionRequest } from "../../options/read-words.ts";
import { completeRequest } from "./command-words.ts";
import type { PipelineContext } from "../context.ts";
import type { WorkingFolder } from "./working-folder.ts";

/** `resume` = there are unfinished files from which the command can go on. */
export async function runCohortCommand(
  run: ActionRun,
  working: WorkingFolder,
  resume: boolean,
): Promise<CommandEnd> {
  const { context, now, log, planned } = run;
  const { action } = planned;
  const complete = completeRequest(action, now.project, now.source);
  const request = strictly(resume ? resumed(complete) : complete, run);
  const studies: StudyFacts[] = [];
  const nothing = { studies, upToDate: new Set<string>(), unsuppressed: [], audit: null };
  const ended = { ...nothing, interrupted: false, problems: [] };
  const given = {
    ...contextFor(run, working),
    ...(await secretFor(request, run)),
    onStudy: (facts: StudyFacts) => void studies.push(facts),
  };
  try {
    const {
      kept,
      unsuppressed = [],
      audit = null,
    } = await context.perform(request, given, log.print);
    return { ...ended, exit: 0, upToDate: new Set(kept), unsuppressed, audit };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const problems = error.problems.map(asLogged);
    for (const line of problems.flatMap(problemLines)) log.print(line);
    const exit = Math.max(...problems.map(({ exitCode }) => exitCode));
    return { ...ended, exit, problems, interrupted: context.signal.aborted };
  }
}

function resumed(request: ActionRequest): ActionRequest {
  return "skipExisting" in request ? { ...request, skipExisting: true } : request;
}

/** Measures that researchers may see are held to what a person would be warned of. */
function strictly(request: ActionRequest, { now, planned }: ActionRun): ActionRequest {
  const isSeen = planned.action.outputs.some(({ level }) => level !== "highly_sensitive");
  const isMeasures = request.command === "generate_measures";
  return isMeasures && now.strict && isSeen ? { ...request, strict: true } : request;
}

/** It does not see `metadata/`, where the secret lies. */
async function secretFor({ command }: ActionRequest, { now, context, log }: ActionRun) {
  if (command !== "generate_measures") return {};
  const { secret, problem } = await workspaceSecret(now.folder, context.shared);
  if (problem !== null) for (const line of problemLines(asLogged(problem))) log.print(line);
  return { secret };
}

/** What each of its inputs was when the action that made it ended. */
function recordedInputs({ now, planned }: Pick<ActionRun, "now" | "planned">) {
  const states = planned.action.needs.flatMap(({ name }) => now.stateOf(name) ?? []);
  return Object.fromEntries(
    states.flatMap(({ action, outputs }) =>
      outputs.map(({ path, sha256 }) => [path, { action, sha256 }] as const),
    ),
  );
}

function contextFor({ context, now, planned }: ActionRun, working: WorkingFolder) {
  const { source, project } = now;
  return {
    workspace: working.root,
    now: context.now,
    // The URL holds a password: it goes this way, and never through words that are recorded.
    environment:
      source.kind === "database"
        ? { ...loginVariables(context.environment), DATABASE_URL: source.url }
        : {},
    // What the URL names lies beside the study, not in the folder that an action works in.
    databaseFolder: now.folder,
    ...plainOutputs(planned.action, project),
    engineVersion: context.engineVersion,
    cores: context.cores,
    signal: context.signal,
    recordedInputs: recordedInputs({ now, planned }),
    ...progressOf(planned.action.name, context.progress),
  };
}

const OF_DATABASES = /^(?:TRINO_|EMIS_ORGANISATION_HASH$)/;

/** How a database knows who asks, where its URL does not say so. */
function loginVariables(environment: PipelineContext["environment"]) {
  const variables = Object.entries(environment).filter(([name]) => OF_DATABASES.test(name));
  return Object.fromEntries(variables);
}

/** Several actions may be under way: each is called by its name. */
function progressOf(label: string, progress: PipelineContext["progress"]) {
  if (progress === null) return {};
  return {
    progress: (work: Parameters<Reporter["progress"]>[0]) => progress({ ...work, label }),
  };
}

/** A study may write what its own action declares, and no cohort or measure file. */
function plainOutputs(action: Action, project: Project) {
  const plain = (of: Action): readonly string[] =>
    of.outputs.map(({ pattern }) => pattern).filter((pattern) => !pattern.includes("*"));
  const { actions } = project;
  return { own: plain(action), others: actions.flatMap(plain), made: madeFiles(actions) };
}

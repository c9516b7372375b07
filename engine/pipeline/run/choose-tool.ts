/** Which tool runs each program action of a run: the sandbox, a container, or programs of this machine. */
import { findSandbox, isPython, whyNot } from "../../guest-python/sandbox.ts";
import type { Sandbox } from "../../guest-python/sandbox.ts";
import type { PythonWay } from "../../options/pipeline-commands.ts";
import { isBuiltIn } from "../project/project.ts";
import type { Action } from "../project/project.ts";
import type { PlannedAction } from "../state/plan.ts";
import { commandWords } from "./command-words.ts";
import type { RunSession } from "./run-session.ts";
import { askedAction, findTool } from "./tools.ts";
import type { ChosenTools, Tool } from "./tools.ts";

/** Nothing is looked for that no action needs. Problem: tool-changed. */
export async function chooseTools(
  plan: readonly PlannedAction[],
  session: RunSession,
): Promise<ChosenTools> {
  const programs = plan
    .filter(({ action, status }) => status !== "fresh" && !isBuiltIn(action))
    .map(({ action }) => action);
  const python = await pythonTools(programs.filter(isPython), session);
  const others = programs.filter(({ name }) => !python.has(name));
  const tool = others.length === 0 ? NONE : await otherTool(session);
  const local: Tool = { kind: "local" };
  const askedLocal = session.request.python === "local";
  return new Map([
    ...python,
    ...others.map((each) => [each.name, isPython(each) && askedLocal ? local : tool] as const),
  ]);
}

const NONE: Tool = { kind: "none", why: null };

function otherTool({ request, context }: RunSession): Promise<Tool> {
  return findTool(request.localTools, context.environment, context.signal);
}

/** Of actions that the sandbox runs, or must not be run without it. */
async function pythonTools(actions: readonly Action[], session: RunSession): Promise<ChosenTools> {
  const { request, context } = session;
  const way: PythonWay | undefined = request.python ?? (request.localTools ? "local" : undefined);
  if (actions.length === 0 || way === "container" || way === "local") return new Map();
  const sandbox = await findSandbox(context.environment, context.node.version);
  const isAsked = way === "sandbox";
  if (typeof sandbox === "function") {
    if (!isAsked) return new Map();
    return new Map(actions.map(({ name }) => [name, { kind: "none", why: sandbox(name) }]));
  }
  const tools = actions.map((action) => [action.name, toolIn(sandbox, action, session)] as const);
  // What it cannot run goes to a container, where one answers; otherwise the reason is told.
  const refused = tools.filter(([, { kind }]) => kind === "none");
  const container = refused.length === 0 || isAsked ? NONE : await otherTool(session);
  return new Map(
    container.kind === "none" ? tools : tools.filter((each) => !refused.includes(each)),
  );
}

function toolIn(sandbox: Sandbox, action: Action, { now }: RunSession): Tool {
  const asked = askedAction(action, commandWords(action, now.project, now.source));
  const why = whyNot(sandbox, asked, now.folder);
  return why === null ? { kind: "sandbox", sandbox } : { kind: "none", why };
}

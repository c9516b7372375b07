/** Which tool runs each program action of a run: the sandbox, a container, or programs of this machine. */
import { oldPandas, whyCareful, whyContainer } from "../../guest-python/old-pandas.ts";
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
  const sandboxed = actions.map((action) => ({ action, tool: toolIn(sandbox, action, session) }));
  if (isAsked) return new Map(sandboxed.map(({ action, tool }) => [action.name, tool]));
  const other = sandboxed.some(prefersContainer) ? await otherTool(session) : NONE;
  return new Map(sandboxed.map((each) => [each.action.name, usualTool(each, other)]));
}

interface Sandboxed {
  readonly action: Action;
  /** The sandbox, or why it cannot run the action. */
  readonly tool: Tool;
}

function prefersContainer({ action, tool }: Sandboxed): boolean {
  return tool.kind === "none" || oldPandas(action.version) !== null;
}

/** A container where one answers for what the sandbox cannot run, and for what counts otherwise there. */
function usualTool(sandboxed: Sandboxed, other: Tool): Tool {
  const { action, tool } = sandboxed;
  const like = oldPandas(action.version);
  if (tool.kind === "sandbox" && like !== null) {
    return other.kind === "container"
      ? { ...other, note: whyContainer(like) }
      : { ...tool, note: whyCareful(like) };
  }
  return prefersContainer(sandboxed) && other.kind !== "none" ? other : tool;
}

function toolIn(sandbox: Sandbox, action: Action, { now }: RunSession): Tool {
  const asked = askedAction(action, commandWords(action, now.project, now.source));
  const why = whyNot(sandbox, asked, now.folder);
  return why === null ? { kind: "sandbox", sandbox } : { kind: "none", why };
}

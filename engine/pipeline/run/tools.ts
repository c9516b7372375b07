/** What runs the images that are not cohortline's own: containers, or programs of this machine. */
import type { Problem } from "../../base/problems.ts";
import type { AskedAction, Sandbox } from "../../guest-python/sandbox.ts";
import type { Action } from "../project/project.ts";
import { programPath } from "./program-path.ts";
import { runProgram } from "./run-program.ts";

interface Noted {
  /** Why this one, where nobody asked for it and it could matter. */
  readonly note?: string;
}

export type Tool =
  | (Noted & { readonly kind: "container"; readonly engine: string; readonly registry: string })
  | { readonly kind: "local" }
  | (Noted & { readonly kind: "sandbox"; readonly sandbox: Sandbox })
  /** By that reason; null: neither Docker nor Podman answers, and nobody asked for local programs. */
  | { readonly kind: "none"; readonly why: Problem | null };

/** By the action's name; one that is not there needs none. */
export type ChosenTools = ReadonlyMap<string, Tool>;

type Environment = Readonly<Record<string, string | undefined>>;

const ENGINES = ["docker", "podman"] as const;
const REGISTRY = "ghcr.io/opensafely-core";
const SECONDS_TO_ANSWER = 10;

/** Local programs if asked for; otherwise the first engine that is not only installed but answers. */
export async function findTool(
  useLocal: boolean,
  environment: Environment,
  stop: AbortSignal,
): Promise<Tool> {
  if (useLocal) return { kind: "local" };
  const registry = environment["DOCKER_REGISTRY"] ?? REGISTRY;
  for (const engine of ENGINES) {
    if (await answers(engine, environment, stop)) return { kind: "container", engine, registry };
  }
  return { kind: "none", why: null };
}

/** A client without its engine is installed and does not answer. */
async function answers(
  engine: string,
  environment: Environment,
  stop: AbortSignal,
): Promise<boolean> {
  if (programPath(engine, environment) === null) return false;
  const { exit } = await runProgram({
    program: engine,
    words: ["info"],
    folder: "/",
    environment: definedIn(environment),
    signal: AbortSignal.any([stop, AbortSignal.timeout(SECONDS_TO_ANSWER * 1000)]),
    onLine: () => undefined,
  });
  return exit === 0;
}

export function definedIn(environment: Environment): Readonly<Record<string, string>> {
  const entries = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}

export interface LocalProgram {
  readonly program: string;
  readonly words: readonly string[];
}

/** Debian has python3 and no python. */
const OTHER_NAMES: Readonly<Record<string, string>> = { python: "python3", "stata-mp": "stata" };

/**
 * The program of this machine that does an action's work: the image's own, or the first word where
 * that is the image's name (`python:v2 python analysis/plot.py`, `jupyter:v2 jupyter nbconvert`).
 * For r it is Rscript. One that is not there is reported when it is started.
 */
export function localProgram(
  { image }: Pick<Action, "image">,
  words: readonly string[],
  environment: Environment,
): LocalProgram {
  const [first = "", ...rest] = words;
  const ownProgram = image === "r" ? "Rscript" : image;
  const named = namesProgram(first, image, environment);
  const wanted = named && first !== "r" ? first : ownProgram;
  const other = OTHER_NAMES[wanted];
  const useOther = other !== undefined && programPath(wanted, environment) === null;
  return { program: useOther ? other : wanted, words: named ? rest : words };
}

/** Images of Python take any program of theirs: `python:v2 jupyter nbconvert` is one. */
function namesProgram(word: string, image: string, environment: Environment): boolean {
  if ([image, `${image}3`].includes(word) || (image === "r" && word === "Rscript")) return true;
  const takesAny = image === "python" || image === "jupyter";
  return takesAny && /^[A-Za-z][\w-]*$/.test(word) && programPath(word, environment) !== null;
}

/** `latest` has always been the first version of an image. */
export function imageName({ image, version }: Action, registry: string): string {
  return `${registry}/${image}:${version === "latest" ? "v1" : version}`;
}

export function askedAction(
  { name: action, image, version }: Action,
  words: readonly string[],
): AskedAction {
  return { action, image, version, words };
}

/** As its record tells it. */
export function toolName(tool: Tool): string | null {
  switch (tool.kind) {
    case "container":
      return `a container (${tool.engine})`;
    case "local":
      return "programs of this machine";
    case "sandbox":
      return `the sandbox (${tool.sandbox.build})`;
    case "none":
      return null;
  }
}

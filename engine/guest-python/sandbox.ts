/**
 * The sandbox for actions in Python, as whoever runs actions sees it: whether it can run one, how it is started,
 * and how it ended.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Problem } from "../base/problems.ts";
import { canRun, guestBuild } from "./guest-build.ts";
import type { GuestEnd, GuestRequest, NotebookProgram } from "./guest-request.ts";
import { guestProgram, variablesIn } from "./guest-words.ts";
import {
  checkInstalled,
  installedIn,
  runtimeFolder,
  toolsFolder,
} from "./install/installed-runtime.ts";
import { actionTexts } from "./action-imports.ts";
import { missingModule } from "./missing-module.ts";
import { notebookIn } from "./notebook/notebook.ts";
import { oldPandas } from "./old-pandas.ts";
import { problem } from "./problems.ts";
import { guestStart, startImage } from "./start/start-image.ts";
import type { StartImage } from "./start/start-image.ts";
import { layersFor } from "./start/start-layers.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Sandbox {
  /** Where the build is installed. */
  readonly runtime: string;
  /** From which actions start; null where none can be kept. */
  readonly image: StartImage | null;
  readonly modules: readonly string[];
  /** Its name and version. */
  readonly build: string;
}

export interface AskedAction {
  readonly action: string;
  readonly image: string;
  readonly version: string;
  /** Behind the image. */
  readonly words: readonly string[];
}

/** Images whose actions it can run. */
export function isPython({ image }: Pick<AskedAction, "image">): boolean {
  return image === "python" || image === "jupyter";
}

/** The sandbox, or why there is none. Makes its start image where there is none. Problem besides: tool-changed. */
export async function findSandbox(
  environment: Environment,
  nodeVersion: string,
): Promise<Sandbox | ((action: string) => Problem)> {
  const tools = toolsFolder(environment);
  const runtime = tools === null ? null : runtimeFolder(tools);
  const installed = runtime === null ? null : installedIn(runtime);
  const { leastNode: least, wheel } = guestBuild;
  if (!canRun(nodeVersion)) {
    return (action) => problem("sandbox-node-too-old", { action, found: nodeVersion, least });
  }
  if (runtime === null || installed === null) {
    const megabytes = Math.round(wheel.bytes / 1e6);
    return (action) => problem("sandbox-not-installed", { action, megabytes, wheel: wheel.name });
  }
  await checkInstalled(runtime, installed);
  const build = `${guestBuild.package} ${guestBuild.version}`;
  const image = await startImage({
    ...{ runtime, packages: packagesFolder(), maker: builtFile("make-start-image.js") },
    node: [process.execPath, ...NODE_OPTIONS],
  });
  return { runtime, image, modules: installed.modules, build };
}

/** Why it cannot run an action, as far as its words and its imports show; null where nothing does. */
export function whyNot(
  { modules }: Sandbox,
  { action, words }: AskedAction,
  folder: string,
): Problem | null {
  const program = guestProgram(words);
  if (program.kind === "cannot") return problem("sandbox-cannot-run", { action, why: program.why });
  const other = program.kind === "notebook" ? whyNoNotebook(program, folder) : null;
  if (other !== null) return problem("sandbox-cannot-run", { action, why: other });
  const missing = missingModule(program, folder, modules);
  if (missing === null) return null;
  const { module, nearest, ...place } = missing;
  return problem("sandbox-module-missing", { action, module, nearest }, place);
}

/** Null where it is one of Python, or where an action makes it first. */
function whyNoNotebook({ file }: NotebookProgram, folder: string): string | null {
  const text = textIn(join(folder, file));
  const notebook = text === null ? null : notebookIn(text);
  if (text === null) return null;
  if (notebook === null) return `${file} is no notebook of nbformat 4`;
  if (/^(?:i?python3?|python.*)$/.test(notebook.language)) return null;
  return `${file} is in another language than Python: ${stripped(notebook.language)}`;
}

function stripped(text: string): string {
  return text.replace(/[^\w .+-]/g, "").slice(0, 40);
}

function textIn(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

export interface StartedGuest {
  readonly asked: AskedAction;
  /** The action's folder. */
  readonly workspace: string;
  /** Paths in it of files that the engine itself wrote. */
  readonly byEngine: readonly string[];
  /** A private folder beside it. */
  readonly home: string;
  /** As containers are given it: `4G`. */
  readonly memory: string;
  readonly seed: number | null;
  /** Seconds that it may take. */
  readonly timeout: number;
  /** The program that is running this. */
  readonly node: string;
}

/** The program to start, with nothing of the environment. */
export function startGuest(
  { runtime, image }: Sandbox,
  { asked, workspace, byEngine, home, memory, seed, timeout, node }: StartedGuest,
): { readonly program: string; readonly words: readonly string[] } {
  const program = guestProgram(asked.words);
  if (program.kind === "cannot") throw new Error(`the sandbox was asked for ${asked.action}`);
  const scratch = scratchIn(home);
  mkdirSync(scratch);
  const megabytes = Math.min(MOST_MEGABYTES, megabytesOf(memory));
  const count = layersFor(actionTexts(program, workspace));
  const request: GuestRequest = {
    start: image === null ? null : guestStart(image, { count, megabytes }),
    ...{ runtime, packages: packagesFolder(), workspace, byEngine, scratch, program, seed },
    pandas: oldPandas(asked.version),
    variables: variablesIn(asked.words),
    limits: { ...LIMITS, seconds: timeout, megabytes },
  };
  const file = join(home, "request.json");
  writeFileSync(file, JSON.stringify(request));
  return { program: node, words: [...NODE_OPTIONS, builtFile("guest-process.js"), file] };
}

/** Of 99 MB of program most is never called, and is checked when it is. */
const NODE_OPTIONS = ["--no-warnings", "--wasm-lazy-validation"];

const LIMITS = { bytes: 20_000_000_000, entries: 100_000 };
/** Of WebAssembly's memory, which has addresses of 32 bits. */
const MOST_MEGABYTES = 4095;

/** How it ended by its own account; null where it could give none. */
export function guestEnd(home: string): GuestEnd | null {
  try {
    return JSON.parse(readFileSync(join(scratchIn(home), "ended.json"), "utf8")) as GuestEnd;
  } catch {
    return null;
  }
}

/** What stopped it from outside, as a problem; null where it ended by itself. */
export function stoppedProblem(action: string, end: GuestEnd, memory: string): Problem | null {
  switch (end.stopped) {
    case null:
      return null;
    case "memory":
      return problem("sandbox-stopped", {
        ...{ action, why: `it needed more memory than ${memory}` },
        wayOut: "Give it more with --memory, at most 4G; or read its files in parts.",
      });
    case "time":
      return problem("sandbox-stopped", {
        ...{ action, why: `it took longer than ${end.at} seconds` },
        wayOut: "Look for a loop without end; or give it more time: --timeout SECONDS.",
      });
    case "calls-too-deep":
      return problem("sandbox-stopped", {
        ...{ action, why: "its functions call one another too deep" },
        wayOut: "Look for a function that calls itself without end.",
      });
    case "cell-time":
      return problem("sandbox-stopped", {
        ...{ action, why: `cell ${end.at} took longer than it may` },
        wayOut: "Give cells more time: --ExecutePreprocessor.timeout=SECONDS.",
      });
    case "output-taken":
      return problem("sandbox-stopped", {
        ...{ action, why: `${end.at} is there already, and is not the action's own` },
        wayOut: "Write to another file, or take that one out of the code.",
      });
    case "crashed":
      return problem("sandbox-stopped", {
        ...{ action, why: "Python itself broke down" },
        wayOut: "Run it with --python container, or with --python local.",
      });
  }
}

function scratchIn(home: string): string {
  return join(home, "scratch");
}

function megabytesOf(memory: string): number {
  const [, number = "4", unit = ""] = /^(\d+(?:\.\d+)?)\s*([bkmg]?)/i.exec(memory) ?? [];
  const sizes: Readonly<Record<string, number>> = { b: 1 / 1_048_576, k: 1 / 1024, m: 1, g: 1024 };
  return Number(number) * (sizes[unit.toLowerCase()] ?? 1 / 1_048_576);
}

/** Beside this code in the source tree; `dist` is built flat beside `engine`, in the package too. */
function packagesFolder(here = import.meta.url): string {
  const place = here.endsWith(".ts") ? "./packages/" : "../engine/guest-python/packages/";
  return fileURLToPath(new URL(place, here));
}

/** Always built: guests have processes of their own. */
function builtFile(name: string, here = import.meta.url): string {
  const place = here.endsWith(".ts") ? `../../dist/${name}` : `./${name}`;
  return fileURLToPath(new URL(place, here));
}

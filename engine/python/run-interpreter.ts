/** One study file in one interpreter, from its request to what it said. Runs in a thread of its own. */
import type { MadeFiles } from "../base/path-pattern.ts";
import { ProblemError } from "../base/problems.ts";
import { studyFiles } from "../sandbox/study-files.ts";
import type { StudyFiles } from "../sandbox/study-files.ts";
import { enclose } from "../files/enclosure.ts";
import type { SandboxLimits } from "../sandbox/sandbox-limits.ts";
import { answerTo } from "./engine-answers.ts";
import type { Reported } from "./engine-answers.ts";
import { pythonWords } from "./interpreter-build.ts";
import type { PackageFiles } from "./package-files.ts";
import { packagesBranch } from "./packages-branch.ts";
import { studyBranch } from "./study-branch.ts";
import { emptyBranch, treeOf } from "./tree-branches.ts";
import type { Branch } from "./tree-branches.ts";
import { refuse } from "../wasi/errno.ts";
import { bytesOf, guestFile } from "../wasi/guest-tree.ts";
import type { GuestFile } from "../wasi/guest-tree.ts";
import { GET_READY, restoreImage, stepsOf } from "./start-image.ts";
import type { StartImage } from "./start-image.ts";
import { firstSteps, stillWorld } from "../wasi/still-world.ts";
import { instantiateWasm, memoryOf } from "../wasi/web-assembly.ts";
import type { WasmModule } from "../wasi/web-assembly.ts";
import { wasiHost } from "../wasi/wasi-host.ts";

export interface PythonRequest {
  readonly interpreter: WasmModule;
  /** From which the study is started; null to start the interpreter anew. Both give the same. */
  readonly image: StartImage | null;
  readonly packages: PackageFiles;
  readonly workspace: string;
  /** `study_definition_copd`. */
  readonly module: string;
  readonly params: Readonly<Record<string, string>>;
  readonly withSources?: boolean;
  readonly made: readonly MadeFiles[];
  /** Nanoseconds since 1970 at which the day of the run began. */
  readonly day: bigint;
  readonly limits: SandboxLimits;
}

/** How the interpreter ended, as plain data. */
export interface PythonRun extends Reported {
  /** JSON; null where it ended before it could tell. */
  readonly result: string | null;
  /** Why it ended; "" where it ended well. */
  readonly stopped: string;
  readonly printed: string;
  readonly sha256ByPath: ReadonlyMap<string, string>;
  readonly ownTexts: ReadonlyMap<string, string>;
}

/** Of what a study prints, as much is kept. */
const MOST_PRINTED = 1_000_000;

const RUN = "import cohortline_runner.run_study as each\neach.run_study()";

export interface PythonClock {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Hears when the author's time begins: a busy machine may take long to prepare. */
  readonly onStart: () => void;
}

export async function runInterpreter(
  request: PythonRequest,
  { now, onStart }: PythonClock,
): Promise<PythonRun> {
  const { interpreter, image, packages, workspace, made, limits } = request;
  // Every text that the study writes is kept; what of it becomes a file is decided outside.
  const files = studyFiles(enclose(workspace), { canWrite: () => "ignore", made }, limits);
  const reported: Reported = { problems: [], warnings: [] };
  const exchange = exchangeBranch(request, { files, reported, now, onStart });
  const print = printer();
  const host = wasiHost({
    words: pythonWords(image === null ? `${GET_READY}\n${RUN}` : RUN),
    ...stillWorld({ now: request.day, steps: image === null ? firstSteps() : stepsOf(image) }),
    tree: treeOf({
      study: studyBranch(files),
      cohortline: packagesBranch(packages),
      host: exchange.branch,
    }),
    print: print.add,
  });
  const instance = await instantiateWasm(interpreter, host.imports);
  if (image !== null) restoreImage(memoryOf(instance), image);
  const stopped = stopOf(() => host.start(instance));
  const { sha256ByPath, ownTexts } = files;
  const { result } = exchange;
  return { result: result(), stopped, printed: print.text(), sha256ByPath, ownTexts, ...reported };
}

function stopOf(start: () => number): string {
  try {
    const code = start();
    return code === 0 ? "" : `exit ${code}`;
  } catch (error) {
    // Bugs of ours, but for what WebAssembly itself gives up on.
    if (error instanceof ProblemError || !(error instanceof Error)) throw error;
    if (error instanceof RangeError || error.constructor.name === "RuntimeError")
      return error.message;
    throw error;
  }
}

function printer() {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    add: (bytes: Uint8Array) => {
      if (length > MOST_PRINTED) return;
      parts.push(bytes.slice());
      length += bytes.length;
    },
    text: () => new TextDecoder().decode(Buffer.concat(parts)),
  };
}

interface Exchange extends PythonClock {
  readonly files: StudyFiles;
  readonly reported: Reported;
}

/** `/host/request`, `ask` and `answer`, `result`, and `late`, which is there once the time is up. */
function exchangeBranch(request: PythonRequest, { files, reported, now, onStart }: Exchange) {
  const { module, params, withSources, limits } = request;
  let end = Infinity;
  const contents = new Map<string, GuestFile>([
    ["request", textFile(JSON.stringify({ module, params, with_sources: withSources === true }))],
  ]);
  const branch: Branch = {
    ...emptyBranch,
    kindOf: (path) => {
      if (path === "late") return now() > end ? "file" : null;
      return path === "" ? "folder" : contents.has(path) ? "file" : null;
    },
    sizeOf: (path) => contents.get(path)?.length ?? 0,
    read: (path) => {
      if (path === "request" && end === Infinity) {
        end = now() + limits.seconds * 1000;
        onStart();
      }
      return contents.get(path) ?? refuse("noEntry");
    },
    openToWrite: (path) =>
      path === "ask" || path === "result" ? textFile("") : refuse("readOnly"),
    written: (path, file) => {
      contents.set(path, file);
      if (path === "ask") contents.set("answer", textFile(answerTo(textOf(file), files, reported)));
    },
    list: () => [],
  };
  const result = (): string | null => {
    const file = contents.get("result");
    return file === undefined ? null : textOf(file);
  };
  return { branch, result };
}

function textFile(text: string): GuestFile {
  return guestFile(new TextEncoder().encode(text));
}

function textOf(file: GuestFile): string {
  return new TextDecoder().decode(bytesOf(file));
}

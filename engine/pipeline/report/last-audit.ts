/** What the last audit says of the outputs of a run: never a number, and that it is stale where files changed since. */
import type { AuditVerdict, FileVerdict } from "../../commands/releases/audit-verdict.ts";
import { fileWithHash } from "../../files/file-with-hash.ts";
import { outputsOf } from "../record/compare-runs.ts";
import type { RecordedOutput, RunRecord } from "../record/run-record.ts";

export interface OutputVerdict {
  readonly tone: "succeeded" | "failed" | "pending";
  readonly text: string;
}

/** Null where no audit is known at all, or where nobody may see the output. */
export type VerdictOf = (output: RecordedOutput) => OutputVerdict | null;

interface KnownAudit {
  /** The number of the run that made it. */
  readonly run: number;
  readonly verdict: AuditVerdict;
}

/** Whether what lies at its place has these bytes. */
export type IsThere = (file: { readonly path: string; readonly sha256: string }) => boolean;

/**
 * `audited` are runs that this user's engine recorded: nobody else's verdict is believed. Nothing is called releasable
 * whose file, or one that was audited with it, somebody has modified since.
 */
export function lastAudit(
  run: RunRecord,
  audited: readonly RunRecord[],
  isThere: IsThere,
): VerdictOf {
  const audits = audited.flatMap(({ number, jobs }) =>
    jobs.flatMap(({ audit }): readonly KnownAudit[] =>
      audit === null ? [] : [{ run: number, verdict: audit }],
    ),
  );
  const checked = new Map<KnownAudit, boolean>();
  const areThere = (audit: KnownAudit): boolean => {
    const found = checked.get(audit) ?? audit.verdict.files.every(isThere);
    checked.set(audit, found);
    return found;
  };
  const hashes = new Map(outputsOf(run).map(({ path, sha256 }) => [path, sha256]));
  return (output) => {
    if (audits.length === 0 || output.level === "highly_sensitive" || output.withheld !== null)
      return null;
    const own = audits.filter(({ verdict }) => verdict.files.some(isOf(output)));
    const current = own.findLast(({ verdict }) =>
      verdict.files.every(({ path, sha256 }) => hashes.get(path) === sha256),
    );
    if (current?.verdict.releasable === true && !areThere(current)) return stale(current);
    if (current !== undefined) return told(current, current.verdict.files.find(isOf(output)));
    const last = own.at(-1);
    return last === undefined ? NOT_AUDITED : stale(last);
  };
}

/** More than may be released. */
const MOST_BYTES = 512 * 1024 * 1024;

export function isInFolder(folder: string): IsThere {
  return (file) => fileWithHash(folder, { ...file, most: MOST_BYTES }) !== null;
}

const isOf =
  ({ path }: RecordedOutput) =>
  (file: FileVerdict): boolean =>
    file.path === path;

const NOT_AUDITED: OutputVerdict = { tone: "pending", text: "not audited" };

function stale({ run }: KnownAudit): OutputVerdict {
  return {
    tone: "pending",
    text: `the audit of run ${run} is stale: this file, or one that was audited with it, is another now`,
  };
}

function told({ run, verdict }: KnownAudit, file: FileVerdict | undefined): OutputVerdict {
  const by = `by the audit of run ${run}`;
  if (verdict.releasable) return { tone: "succeeded", text: `releasable ${by}` };
  const { leaks = 0, undecided = 0 } = file ?? {};
  const why = [
    ...(leaks === 0 ? [] : [`${leaks} of its numbers can be worked out`]),
    ...(undecided === 0 ? [] : [`${undecided} of its numbers are undecided`]),
  ];
  const reason = why.length === 0 ? "others that were audited with it are not" : why.join(", ");
  return { tone: "failed", text: `not releasable ${by}: ${reason}` };
}

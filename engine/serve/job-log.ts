/** The log of a job that has ended, as this job left it. It holds only what may be read by people who must not see patients. */
import { createHash } from "node:crypto";
import { ProblemError } from "../base/problems.ts";
import { readFileIn } from "../files/enclosed-file.ts";
import { enclose } from "../files/enclosure.ts";
import type { JobRecord } from "../pipeline/record/run-record.ts";

/** More than a log may be. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Null where another run has written it since, or anybody else, and where it is larger than asked for. */
export function jobLog(
  folder: string,
  { log, log_sha256: sha256 }: JobRecord,
  most = MOST_BYTES,
): Buffer | null {
  if (log === null || sha256 === null) return null;
  try {
    const bytes = readFileIn(enclose(folder), log, most);
    if (bytes === null) return null;
    return createHash("sha256").update(bytes).digest("hex") === sha256 ? bytes : null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return null;
  }
}

/** A page of many failed jobs must not wait for long logs. */
const MOST_OF_PAGE = 256 * 1024;
const LAST_LINES = 12;

/** The last lines before its summary; empty where it is not as the job left it, or long. */
export function lastLogLines(folder: string, job: JobRecord): readonly string[] {
  const text = jobLog(folder, job, MOST_OF_PAGE)?.toString("utf8") ?? "";
  const [said = ""] = text.split("\n\n=============JOB SUMMARY");
  return said === "" ? [] : said.split("\n").slice(-LAST_LINES);
}

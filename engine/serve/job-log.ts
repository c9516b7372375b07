/** The log of a job that has ended, as this job left it. It holds only what may be read by people who must not see patients. */
import type { JobRecord } from "../pipeline/record/run-record.ts";
import { fileWithHash } from "../files/file-with-hash.ts";

/** More than a log may be. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Null where another run has written it since, or anybody else, and where it is larger than asked for. */
export function jobLog(
  folder: string,
  { log, log_sha256: sha256 }: JobRecord,
  most = MOST_BYTES,
): Buffer | null {
  if (log === null || sha256 === null) return null;
  return fileWithHash(folder, { path: log, sha256, most });
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

/** Which HTTP status a problem is answered with. */
import type { Problem } from "../base/problems.ts";

const statuses: Readonly<Record<string, number>> = {
  "host-refused": 421,
  "origin-refused": 403,
  "no-session": 403,
  "address-used": 403,
  "form-refused": 403,
  "form-too-large": 413,
  "method-refused": 405,
  "page-unknown": 404,
  "too-many-pages": 503,
  "page-broken": 500,
  "run-under-way": 409,
  "run-locked": 409,
  "run-not-under-way": 409,
  "run-of-others": 403,
  "unknown-run": 404,
  "no-runs": 404,
  "unknown-action": 404,
  "output-unknown": 404,
  "output-sensitive": 403,
  "output-kept-back": 403,
  "output-changed": 410,
  "log-unknown": 404,
  "log-changed": 410,
  "project-missing": 404,
  "release-not-choosable": 403,
  "release-name-taken": 409,
  "release-under-way": 409,
  "review-unknown": 404,
};

/** What lies with the study and not with the request: it can be put right, and then the same request is fine. */
const OF_THE_STUDY = 422;

export function statusOf(problems: readonly Problem[]): number {
  return statuses[problems[0]?.code ?? ""] ?? OF_THE_STUDY;
}

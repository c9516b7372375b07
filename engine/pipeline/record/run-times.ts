/** How long things took. Times are UTC text; durations are seconds. */
import type { JobRecord, RunRecord } from "./run-record.ts";

/** 0 while it has not ended. */
export function secondsBetween(from: string | null, to: string | null): number {
  if (from === null || to === null) return 0;
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

export function jobSeconds({ started, finished }: JobRecord): number {
  return secondsBetween(started, finished);
}

/** All jobs' durations together, as the jobs site counts it. */
export function summedSeconds({ jobs }: RunRecord): number {
  return jobs.reduce((sum, job) => sum + jobSeconds(job), 0);
}

export function wallSeconds({ started, finished }: RunRecord): number {
  return secondsBetween(started, finished);
}

/** `00:02:20`; `-` for nothing. */
export function clockText(seconds: number): string {
  if (seconds <= 0) return "-";
  const whole = Math.round(seconds);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, "0");
  return `${two(whole / 3600)}:${two((whole % 3600) / 60)}:${two(whole % 60)}`;
}

/** `2026-11-24 19:10:21 UTC`, or `-`. */
export function timeText(at: string | null): string {
  return at === null ? "-" : `${at.slice(0, 19).replace("T", " ")} UTC`;
}

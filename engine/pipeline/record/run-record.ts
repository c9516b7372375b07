/** What exactly happened in a run: its own file in metadata/runs. */
import { createHash } from "node:crypto";
import type { AuditVerdict } from "../../commands/releases/audit-verdict.ts";
import type { SecurityLevel } from "../project/project.ts";
import type { MadeOutput, StudyMade } from "../state/action-state.ts";
import type { PlanStatus } from "../state/plan-status.ts";
import type { GitFacts } from "./git-facts.ts";
import type { RunStatus, StatusCode } from "./status.ts";

export interface RecordedState {
  readonly code: StatusCode;
  /** UTC. */
  readonly at: string;
}

export type RecordedOutput = Omit<MadeOutput, "stamp">;

export interface JobRecord {
  readonly id: string;
  readonly action: string;
  /** As it was run. */
  readonly command: string;
  readonly needs: readonly string[];
  readonly levels: readonly SecurityLevel[];
  readonly standing: PlanStatus;
  readonly reasons: readonly string[];
  readonly status: StatusCode;
  readonly message: string;
  /** Every state it went through. */
  readonly states: readonly RecordedState[];
  readonly started: string | null;
  readonly finished: string | null;
  /** 0 while it has not ended. */
  readonly runtime_seconds: number;
  /** Null while it was not run, or where no program ended. */
  readonly exit: number | null;
  readonly log: string | null;
  /** Of the log as this job left it; null while it has not ended, or where it is not whole. */
  readonly log_sha256: string | null;
  /** What ran its program: the sandbox, a container, this machine; null for the engine's own commands. */
  readonly run_by: string | null;
  readonly outputs: readonly RecordedOutput[];
  readonly definitions: readonly StudyMade[];
  /** What else was reported: withheld files, warnings. */
  readonly notes: readonly string[];
  /** What an audit found; null of any other action. */
  readonly audit: AuditVerdict | null;
}

/** An action that did not have to run, and what it had made. */
export interface KeptAction {
  readonly action: string;
  readonly outputs: readonly RecordedOutput[];
  readonly definitions: readonly StudyMade[];
}

export interface RunRecord {
  readonly record: 1;
  readonly id: string;
  /** 1 for the first run in the folder. */
  readonly number: number;
  readonly workspace: string;
  /** Where patients came from: `expectations` for dummy data, or the database without its password. */
  readonly backend: string;
  readonly requested_by: string;
  readonly git: GitFacts;
  readonly requested_actions: readonly string[];
  readonly force_run_dependencies: boolean;
  readonly status: RunStatus;
  readonly created: string;
  readonly started: string | null;
  readonly finished: string | null;
  /** Of all jobs together, as the jobs site counts it. */
  readonly runtime_seconds: number;
  readonly engine_version: string;
  readonly process: number;
  readonly host: string;
  readonly jobs: readonly JobRecord[];
  readonly kept: readonly KeptAction[];
  readonly project_definition: string;
  /** sha256 by path of all code, codelists among it. */
  readonly code: Readonly<Record<string, string>>;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** 16 letters, the same for the same parts. */
export function identifierOf(...parts: readonly string[]): string {
  const bytes = createHash("sha1").update(parts.join("\n")).digest().subarray(0, 10);
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2))).join("");
}

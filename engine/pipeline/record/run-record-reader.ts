/** Reads the record of a run, field by field. */
import type { AuditVerdict, FileVerdict } from "../../commands/releases/audit-verdict.ts";
import type { SecurityLevel } from "../project/project.ts";
import type { StudyMade } from "../state/action-state.ts";
import { planStatuses } from "../state/plan-status.ts";
import type { GitFacts } from "./git-facts.ts";
import {
  amount,
  count,
  fieldsOf,
  flag,
  listOf,
  mapOf,
  oneOf,
  orElse,
  orNull,
  sha256,
  text,
  time,
  upTo,
  whole,
  WrongField,
} from "./read-fields.ts";
import type { Read } from "./read-fields.ts";
import type { RecordKind } from "./record-file.ts";
import type { JobRecord, KeptAction, RecordedOutput, RunRecord } from "./run-record.ts";
import { outputPath, pathInside } from "./safe-names.ts";
import { runStatuses, statusCodeNames } from "./status.ts";

export const securityLevel: Read<SecurityLevel> = oneOf(
  "highly_sensitive",
  "moderately_sensitive",
  "minimally_sensitive",
);

export const outputFields = {
  path: outputPath,
  level: securityLevel,
  sha256,
  bytes: count,
  rows: orNull(count),
  columns: orNull(count),
  withheld: orNull(text),
  // Records of earlier versions do not say it.
  rewrites: orElse(orNull(text), null),
};

export const studyMade: Read<StudyMade> = fieldsOf<StudyMade>({ name: text, fingerprint: text });

const output = fieldsOf<RecordedOutput>(outputFields);

const git = fieldsOf<GitFacts>({
  branch: orNull(text),
  commit: orNull(text),
  clean: orNull(flag),
  uncommitted: listOf(text),
});

const auditVerdict = fieldsOf<AuditVerdict>({
  releasable: flag,
  files: listOf(
    fieldsOf<FileVerdict>({ path: outputPath, sha256, leaks: count, undecided: count }),
  ),
});

const job = fieldsOf<JobRecord>({
  id: text,
  action: text,
  command: text,
  needs: listOf(text),
  levels: listOf(securityLevel),
  standing: oneOf(...planStatuses),
  reasons: listOf(text),
  status: oneOf(...statusCodeNames),
  message: text,
  states: listOf(fieldsOf({ code: oneOf(...statusCodeNames), at: time })),
  started: orNull(time),
  finished: orNull(time),
  runtime_seconds: amount,
  exit: orNull(whole),
  log: orNull(pathInside),
  // Records of earlier versions do not say these two.
  log_sha256: orElse(orNull(sha256), null),
  run_by: orElse(orNull(text), null),
  outputs: listOf(output),
  definitions: listOf(studyMade),
  notes: listOf(text),
  audit: orElse(orNull(auditVerdict), null),
});

const kept = fieldsOf<KeptAction>({
  action: text,
  outputs: listOf(output),
  definitions: listOf(studyMade),
});

/** The next one is still a number that can be counted with. */
const MOST_RUNS = 1_000_000_000;

const run = fieldsOf<RunRecord>({
  record: oneOf(1),
  id: text,
  number: upTo(MOST_RUNS),
  workspace: text,
  backend: text,
  requested_by: text,
  git,
  requested_actions: listOf(text),
  force_run_dependencies: flag,
  status: oneOf(...runStatuses),
  created: time,
  started: orNull(time),
  finished: orNull(time),
  runtime_seconds: amount,
  engine_version: text,
  process: count,
  host: text,
  jobs: listOf(job),
  kept: listOf(kept),
  project_definition: text,
  code: mapOf(text),
});

export const runRecordKind: RecordKind<RunRecord> = {
  version: "record",
  read: run,
  // Another id would be written to another file.
  check: ({ id }, name) => {
    if (id !== name) throw new WrongField("id", `the name of its file, ${name}`);
  },
};

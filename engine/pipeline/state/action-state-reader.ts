/** Reads what is known of an action's last run, field by field. */
import {
  count,
  fieldsOf,
  flag,
  listOf,
  mapOf,
  oneOf,
  orElse,
  orNull,
} from "../record/read-fields.ts";
import { sha256, text, time, WrongField } from "../record/read-fields.ts";
import type { RecordKind } from "../record/record-file.ts";
import { outputFields, studyMade } from "../record/run-record-reader.ts";
import { fileName, pathInside } from "../record/safe-names.ts";
import type { ActionState, ActionInputs, MadeOutput } from "./action-state.ts";

const basis = fieldsOf<ActionInputs>({
  command: text,
  config: orNull(text),
  outputs: listOf(text),
  population: orNull(count),
  data: orNull(text),
  engine: text,
  code: mapOf(sha256, pathInside),
  inputs: mapOf(sha256, pathInside),
  studies: listOf(text),
});

const state = fieldsOf<ActionState>({
  state: oneOf(1),
  action: text,
  fileName,
  succeeded: flag,
  stopped: orElse(flag, false),
  run: text,
  job: text,
  finished: time,
  commit: orNull(text),
  basis: orNull(basis),
  outputs: listOf(fieldsOf<MadeOutput>({ ...outputFields, stamp: text })),
  definitions: listOf(studyMade),
});

export const actionStateKind: RecordKind<ActionState> = {
  version: "state",
  read: state,
  // It is made a path of, beside the record's own.
  check: (record, name) => {
    if (record.fileName !== name) throw new WrongField("fileName", `the name of its file, ${name}`);
  },
};

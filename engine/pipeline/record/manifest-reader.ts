/** Reads metadata/manifest.json, field by field. */
import type { ManifestAction, ManifestFile, PipelineManifest } from "./manifest.ts";
import {
  count,
  fieldsOf,
  listOf,
  mapOf,
  oneOf,
  orNull,
  sha256,
  text,
  time,
} from "./read-fields.ts";
import type { RecordKind } from "./record-file.ts";
import { securityLevel, studyMade } from "./run-record-reader.ts";
import { fileName, outputPath, pathInside } from "./safe-names.ts";

const file = fieldsOf<ManifestFile>({
  level: securityLevel,
  action: text,
  sha256,
  size: count,
  rows: orNull(count),
  columns: orNull(count),
  commit: orNull(text),
  engine_version: text,
  run: text,
  job: text,
  made: time,
  withheld: orNull(text),
  definitions: orNull(text),
  codelists: orNull(text),
});

const action = fieldsOf<ManifestAction>({
  file_name: fileName,
  definitions: listOf(studyMade),
  codelists: mapOf(sha256, pathInside),
});

export const manifestKind: RecordKind<PipelineManifest> = {
  version: "manifest",
  read: fieldsOf<PipelineManifest>({
    manifest: oneOf(1),
    actions: mapOf(action),
    files: mapOf(file, outputPath),
  }),
};

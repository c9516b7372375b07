/** The file metadata/manifest.json: written whole, read field by field. */
import type { ActionState } from "../state/action-state.ts";
import { manifestOf } from "./manifest.ts";
import type { ManifestAction, ManifestFile, PipelineManifest } from "./manifest.ts";
import { metadataPaths } from "./metadata-paths.ts";
import { count, fieldsOf, listOf, mapOf, oneOf, orElse, orNull } from "./read-fields.ts";
import { sha256, text, time } from "./read-fields.ts";
import { readRecord, writeRecord } from "./record-file.ts";
import type { Held, RecordFolder, RecordKind } from "./record-file.ts";
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
  rewritten: orElse(mapOf(sha256, outputPath), {}),
});

const manifestKind: RecordKind<PipelineManifest> = {
  version: "manifest",
  read: fieldsOf<PipelineManifest>({
    manifest: oneOf(1),
    actions: mapOf(action),
    files: mapOf(file, outputPath),
  }),
};

export async function writeManifest(
  place: RecordFolder,
  states: readonly ActionState[],
): Promise<void> {
  await writeRecord(place, metadataPaths(place.folder).manifest, manifestOf(states));
}

export function readPipelineManifest(place: RecordFolder): Held<PipelineManifest> {
  return readRecord(place, metadataPaths(place.folder).manifest, manifestKind);
}

/** The file metadata/manifest.json. */
import type { ActionState } from "../state/action-state.ts";
import { manifestOf } from "./manifest.ts";
import type { PipelineManifest } from "./manifest.ts";
import { manifestKind } from "./manifest-reader.ts";
import { metadataPaths } from "./metadata-paths.ts";
import { readRecord, writeRecord } from "./record-file.ts";
import type { Held, RecordFolder } from "./record-file.ts";

export async function writeManifest(
  place: RecordFolder,
  states: readonly ActionState[],
): Promise<void> {
  await writeRecord(place, metadataPaths(place.folder).manifest, manifestOf(states));
}

export function readPipelineManifest(place: RecordFolder): Held<PipelineManifest> {
  return readRecord(place, metadataPaths(place.folder).manifest, manifestKind);
}

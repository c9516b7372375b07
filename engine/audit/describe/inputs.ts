/** The files that are audited, each with its checksum. */
import { createHash } from "node:crypto";
import type { AuditInput } from "../audit-result.ts";
import type { Description } from "./description.ts";
import { fileOf, isPatientLevel } from "./published-table.ts";

export function inputsOf({ releases }: Description): readonly AuditInput[] {
  return releases.flatMap(({ name, measures, files, sha256 }) =>
    measures.map((measure) => ({
      release: name,
      file: fileOf(measure),
      sha256: sha256?.[fileOf(measure)] ?? sha256Of(files[fileOf(measure)] ?? ""),
      measure: measure.id,
      patientLevel: isPatientLevel(measure),
    })),
  );
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Measures of a release that was packed before, with what the pack says of them. */
import { isRecord } from "../../base/is-record.ts";
import { join } from "node:path";
import { readSmallFile } from "../../files/small-file.ts";
import { measureFacts } from "../../measures/measure-facts.ts";
import { readPublished } from "../../measures/published-facts.ts";
import { isPatientLevel } from "../../measures/measure-spec.ts";
import type { MeasureFile } from "../measures/measure-files.ts";
import { fail } from "./problems.ts";
import { PACK_FILE } from "./release-file-names.ts";

const MOST_BYTES = 256 * 1024 * 1024;

/** Null where the folder is no pack. Problem: release-damaged. */
export function packedMeasures(folder: string, name: string): readonly MeasureFile[] | null {
  const bytes = readSmallFile(join(folder, PACK_FILE), { most: MOST_BYTES, follow: true });
  if (bytes === null) return null;
  const files = filesIn(bytes.toString("utf8"));
  return files?.map((each) => packed(each, folder) ?? damaged(name)) ?? damaged(name);
}

function filesIn(text: string): readonly unknown[] | null {
  try {
    const held: unknown = JSON.parse(text);
    const files = isRecord(held) ? held["files"] : null;
    return Array.isArray(files) ? files : null;
  } catch {
    return null;
  }
}

function damaged(folder: string): never {
  return fail("release-damaged", { folder });
}

function packed(held: unknown, folder: string): MeasureFile | null {
  if (!isRecord(held)) return null;
  const { file, study, sha256, isDummy, run } = held;
  const published = readPublished(held["published"]);
  if (typeof file !== "string" || typeof study !== "string" || typeof sha256 !== "string")
    return null;
  if (typeof isDummy !== "boolean") return null;
  if (published === null || /[/\\\0]/.test(file)) return null;
  const { spec } = published;
  const known = {
    ...{ facts: measureFacts(spec), sha256, study, published, isDummy },
    isPatientLevel: isPatientLevel(spec),
    ...(typeof run === "number" ? { run } : {}),
  };
  return { path: join(folder, file), file, id: spec.id, known };
}

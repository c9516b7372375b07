/** Which layout the records have: as a database URL says, as a mapping file tells, or as the tables must tell. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { enclose } from "../../files/enclosure.ts";
import { readFileIn } from "../../files/enclosed-file.ts";
import type { Mapping } from "../../schema/mapping/mapping.ts";
import type { OmopDeclared } from "../../schema/omop/declared.ts";
import type { ProviderKind } from "../../schema/provider-kinds.ts";
import { fail, problem } from "../problems.ts";

export interface LayoutSaid {
  /** A kind of layout by name; null where the URL names none. */
  readonly provider: string | null;
  /** A mapping file; null where the URL names none. */
  readonly records: string | null;
  /** What the URL says of an OMOP database. */
  readonly declared: OmopDeclared;
}

export interface Layout {
  readonly provider: string | null;
  readonly mapping: MappedLayout | null;
  /** Of a mapping file that is not read, though it lies there. */
  readonly warnings: readonly Problem[];
}

export interface MappedLayout {
  readonly kind: ProviderKind;
  /** Whether whoever wrote the URL chose it; otherwise it came with the study. */
  readonly isNamed: boolean;
  /** Whether the file says who did not opt out, or the URL that everybody is wanted. */
  readonly isOfOptOuts: boolean;
  /** A schema that what is made on the way may stand in; null where the file names none. */
  readonly scratch: string | null;
}

interface UrlSaid {
  readonly layout: Omit<LayoutSaid, "declared">;
  readonly includeOptedOut: boolean;
}

/** Beside project.yaml. */
const MAPPING_FILE = "records.yaml";

/**
 * A file in the study's folder, links followed, or one that a URL names from the root. Problems: those of the file and
 * of what stands in it, all of them; mapping-and-provider, mapping-missing.
 */
export async function readLayout(
  { layout: { provider, records }, includeOptedOut }: UrlSaid,
  workspace: string,
): Promise<Layout> {
  if (records !== null && provider !== null) fail("mapping-and-provider", { provider });
  if (provider !== null) {
    const wayOut = `Name the file instead, ?records=${MAPPING_FILE}, if its lines are meant: it says whose tables these are.`;
    const why = `the database URL says that these are tables of ${provider}`;
    return { provider, mapping: null, warnings: unreadMapping(workspace, why, wayOut) };
  }
  const isThere = records !== null || existsSync(join(workspace, MAPPING_FILE));
  if (!isThere) return { provider, mapping: null, warnings: [] };
  const { kind, tellsOptOuts, scratch } = await readKind(records ?? MAPPING_FILE, workspace);
  const isOfOptOuts = tellsOptOuts || includeOptedOut;
  const mapping = { kind, isNamed: records !== null, isOfOptOuts, scratch };
  return { provider: null, mapping, warnings: [] };
}

/** A warning where a mapping file lies beside a study whose records are read without one. */
export function unreadMapping(workspace: string, why: string, wayOut: string): readonly Problem[] {
  const isThere = existsSync(join(workspace, MAPPING_FILE));
  return isThere ? [problem("mapping-unread", { file: MAPPING_FILE, why, wayOut })] : [];
}

interface ReadKind {
  readonly kind: ProviderKind;
  readonly tellsOptOuts: boolean;
  readonly scratch: string | null;
}

async function readKind(file: string, workspace: string): Promise<ReadKind> {
  const { MOST_BYTES, readMapping } = await import("../../schema/mapping/read-mapping.ts");
  const { mappedKind } = await import("../../schema/mapping/mapped-kind.ts");
  const { fail: failOfMapping } = await import("../../schema/mapping/problems.ts");
  const [folder, path] = isAbsolute(file) ? [dirname(file), basename(file)] : [workspace, file];
  const bytes = existsSync(folder) ? readFileIn(enclose(folder), path, MOST_BYTES) : null;
  if (bytes === null) return failOfMapping("mapping-missing", { file });
  const { mapping, problems } = readMapping(textOf(bytes, file, failOfMapping), file);
  if (mapping === null || problems.length > 0) throw new ProblemError(problems);
  const mapped = mappedKind(mapping, hashOf(mapping));
  if (mapped.problems.length > 0) throw new ProblemError(mapped.problems);
  const tellsOptOuts = mapping.basedOn === "tpp" || mapping.tables.has("patients_not_opted_out");
  const scratch = mapping.omop === null ? null : (mapping.schemas.get("scratch") ?? null);
  return { kind: mapped.kind, tellsOptOuts, scratch };
}

type FailOfMapping = (typeof import("../../schema/mapping/problems.ts"))["fail"];

function textOf(bytes: Uint8Array, file: string, failOfMapping: FailOfMapping): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return failOfMapping("mapping-syntax", { detail: "it is not UTF-8 text" }, { file });
  }
}

/** Of what the file means: comments, blank lines and its name do not count. */
function hashOf(mapping: Mapping): string {
  const meant = JSON.stringify(mapping, (key, value: unknown) => {
    if (key === "at" || key === "file") return undefined;
    return value instanceof Map ? [...value] : value;
  });
  return createHash("sha256").update(meant).digest("hex");
}

/** What is audited: a folder of measures with what was released before, or a description of all of it. */
import { isUtf8 } from "node:buffer";
import { resolve } from "node:path";
import type { Attacker, Description, Policy } from "../audit/describe/description.ts";
import { fail } from "../audit/problems.ts";
import { namesNotMet } from "../audit/describe/names-not-met.ts";
import { readDescription, readKnown, readPolicy } from "../audit/describe/read-description.ts";
import { readSmallFile } from "../files/small-file.ts";
import type { RequestOf } from "../options/command-table.ts";
import { fail as failForCommand } from "./problems.ts";
import { placeOf } from "./releases/audit-outputs.ts";
import { describeFolders } from "./releases/describe-folder.ts";
import type { DescribedFolder, FolderFiles } from "./releases/describe-folder.ts";
import type { ChosenFiles, ReadFile } from "./releases/read-release.ts";
import { readReleaseFiles } from "./releases/read-release.ts";
import { shownFolder } from "./shown-folder.ts";

export type AuditSource = Pick<
  RequestOf<"audit">,
  "description" | "outputDir" | "studyDefinition" | "earlier" | "known" | "policy"
> & {
  readonly attacker?: Attacker | undefined;
  readonly chosen?: ChosenFiles | undefined;
};

/** More than a release may have. */
const LARGEST_DESCRIPTION = 2 ** 29;

/** Problems: those of `readPolicy`. */
export function policyFor(
  { policy: file, attacker }: Pick<AuditSource, "policy" | "attacker">,
  { policy }: Description,
  folder: string,
): Partial<Policy> {
  const given = file === undefined ? policy : readPolicy(textOf(file, folder), file);
  return { ...given, ...(attacker === undefined ? {} : { attacker }) };
}

/** Problems: usage, those of `readDescription` and `readReleaseFiles`. */
export async function described(request: AuditSource, folder: string): Promise<DescribedFolder> {
  const { description: file } = request;
  if (file === undefined) return readFolders(request, folder);
  refuseFolderOptions(request);
  const description = readDescription(textOf(file, folder), file);
  return { description, notModelled: namesNotMet(description) };
}

export interface FoldersRead extends DescribedFolder {
  /** Of the folder itself, without those that were released before. */
  readonly files: readonly ReadFile[];
  /** Those that were released before. */
  readonly before: readonly FolderFiles[];
}

/** Problems: those of `readReleaseFiles` and `readKnown`. */
export async function readFolders(
  {
    outputDir = "output",
    studyDefinition: study,
    earlier,
    known,
    chosen,
  }: Omit<AuditSource, "description">,
  folder: string,
): Promise<FoldersRead> {
  refuseSameFolders([...earlier, outputDir], folder);
  const read = async (given: string, only?: ChosenFiles) => {
    const path = resolve(folder, given);
    const name = shownFolder(folder, path);
    return { name, files: await readReleaseFiles({ path, name, study, only }) };
  };
  const before = [];
  for (const each of earlier) before.push(await read(each));
  const own = await read(outputDir, chosen);
  const { description, notModelled } = describeFolders([...before, own]);
  const numbers = known === undefined ? [] : readKnown(textOf(known, folder), known);
  return { description: { ...description, known: numbers }, notModelled, files: own.files, before };
}

/** Files of one release would have the names of another's. Problem: usage. */
function refuseSameFolders(given: readonly string[], folder: string): void {
  const places = given.map((each) => placeOf(folder, each));
  const twice = given.find((_, at) => places.indexOf(places[at] ?? "") !== at);
  if (twice === undefined) return;
  failForCommand("usage", {
    sentence: `${JSON.stringify(twice)} is given twice: as a folder to audit, or as an earlier one`,
    wayOut: "Name with --earlier each folder that was released before, once.",
  });
}

/** A description says all of it. */
function refuseFolderOptions({ outputDir, earlier, known }: AuditSource): void {
  const given = { "--output-dir": outputDir, "--earlier": earlier[0], "--known": known };
  const both = Object.entries(given).find(([, value]) => value !== undefined);
  if (both === undefined) return;
  failForCommand("usage", {
    sentence: `${both[0]} and --description cannot both be given`,
    wayOut: "A description holds the files, earlier releases and known numbers itself.",
  });
}

/** Problems: audit-file-not-found, audit-not-utf8. */
export function textOf(file: string, folder: string): string {
  const bytes = readSmallFile(resolve(folder, file), {
    most: LARGEST_DESCRIPTION,
    follow: true,
    told: file,
  });
  if (bytes === null) return fail("audit-file-not-found", { file });
  return isUtf8(bytes) ? bytes.toString("utf8") : fail("audit-not-utf8", { file });
}

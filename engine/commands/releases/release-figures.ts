/** Pictures, pages and tables drawn from measures: each names the measures under it, which the release holds beside it. */
import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { readSmallFile } from "../../files/small-file.ts";
import { fail as failForFiles } from "../../files/problems.ts";
import { countedColumns } from "../../measures/measure-spec.ts";
import { MOST_BYTES } from "./checker-limits.ts";
import { figureCounts } from "./figure-counts.ts";
import { figureForm } from "./figure-form.ts";
import type { Finding, PackChecks } from "./pack-checks.ts";
import { ownFiles } from "./release-file-names.ts";
import type { ReadFile } from "./read-release.ts";

export interface ReleaseFigure {
  /** Its name in the release. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Files of measures in the release that it is drawn from. */
  readonly from: readonly string[];
}

export interface ReadFigures extends PackChecks {
  readonly figures: readonly ReleaseFigure[];
}

/** More than any checker takes: a file that is larger is not read. */
const LARGEST = 8 * MOST_BYTES;

/** `given` are texts such as `output/rates.svg=by_sex,by_region`. Problems: file-not-found, and those of reading. */
export function readFigures(
  given: readonly string[],
  files: readonly ReadFile[],
  workspace: string,
): ReadFigures {
  const read = given.map((each) => readOne(each, files, workspace));
  const names = [...files, ...read.map(({ figure }) => figure)].map(({ file }) => file);
  // Some file systems take capital letters for small ones.
  const plain = names.map((name) => name.toLowerCase());
  const taken = names.filter((_, at) => {
    const name = plain[at] ?? "";
    return plain.indexOf(name) !== at || ownFiles.has(name);
  });
  return {
    figures: read.map(({ figure }) => figure),
    refused: [
      ...read.flatMap(({ refused }) => refused),
      ...taken.map((file) => ({ file, says: "is the name of another file of the release" })),
    ],
    warnings: read.flatMap(({ warnings }) => warnings),
  };
}

function readOne(given: string, files: readonly ReadFile[], workspace: string) {
  const at = given.lastIndexOf("=");
  const path = at < 0 ? given : given.slice(0, at);
  const ids = at < 0 ? [] : given.slice(at + 1).split(",");
  const bytes =
    readSmallFile(resolve(workspace, path), { most: LARGEST, follow: true, told: path }) ??
    failForFiles("file-not-found", { file: path });
  const file = basename(path);
  const under = ids.map((id) => ({ id, measure: files.find((each) => isNamed(each, id)) }));
  const lost = under.flatMap(({ id, measure }) => (measure === undefined ? [id] : []));
  const form = figureForm(file, bytes);
  const counts = figureCounts(
    form,
    under.flatMap(({ measure }) =>
      measure === undefined ? [] : countedColumns(measure.published.spec),
    ),
  );
  const toFinding = (says: string): Finding => ({ file, says });
  const figure: ReleaseFigure = {
    ...{ file, bytes, sha256: createHash("sha256").update(bytes).digest("hex") },
    from: under.flatMap(({ measure }) => measure?.file ?? []),
  };
  return {
    figure,
    refused: [
      ...sourceFindings(file, ids, lost),
      ...[...form.refused, ...counts.refused].map(toFinding),
    ],
    warnings: ["nobody looked into it: compare it with its tables", ...counts.warnings].map(
      toFinding,
    ),
  };
}

/** By its id or its file's name. */
function isNamed({ file, published }: ReadFile, id: string): boolean {
  return published.spec.id === id || file === id;
}

function sourceFindings(
  file: string,
  ids: readonly string[],
  lost: readonly string[],
): readonly Finding[] {
  if (ids.length === 0)
    return [{ file, says: "names no measure that it is drawn from: --figure FILE=MEASURE" }];
  return lost.map((id) => ({
    file,
    says: `is drawn from ${JSON.stringify(id)}, which is no measure of this release`,
  }));
}

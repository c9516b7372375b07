/** Folders of measures as an audit reads them. */
import type { Description, QuantityKind } from "../../audit/describe/description.ts";
import type { ReadFile } from "./read-release.ts";
import { releaseOf } from "./read-release.ts";

export interface DescribedFolder {
  readonly description: Description;
  /** What is not in the model, in words. */
  readonly notModelled: readonly string[];
}

export interface FolderFiles {
  readonly name: string;
  readonly files: readonly ReadFile[];
}

/** Nothing is taken for the same that is not known to be. */
export function describeFolders(folders: readonly FolderFiles[]): DescribedFolder {
  const releases = folders.flatMap(({ name, files }) =>
    studiesOf(files).map((study) =>
      releaseOf(
        name,
        files.filter((each) => each.study === study),
      ),
    ),
  );
  const files = folders.flatMap((folder) => folder.files);
  return {
    description: {
      ...{ policy: {}, columns: kindsOf(files), dimensions: [], facts: [], known: [], releases },
      time: { cohort: "changing", cumulative: [], static: [] },
    },
    notModelled: folders.flatMap(({ name, files: own }) =>
      own.flatMap((each) => leftOut(name, each)),
    ),
  };
}

function studiesOf(files: readonly ReadFile[]): readonly string[] {
  return [...new Set(files.map(({ study }) => study))];
}

/** Two studies can have columns of one name: what holds for both is taken. */
function kindsOf(files: readonly ReadFile[]): Description["columns"] {
  const kinds = new Map<string, QuantityKind>();
  for (const { published } of files) {
    const { numerator, denominator } = published.spec;
    for (const name of [numerator, denominator]) {
      const isFlag = Object.hasOwn(published.kinds, name) && published.kinds[name] === "flag";
      kinds.set(name, isFlag && kinds.get(name) !== "count" ? "flag" : "count");
    }
  }
  return Object.fromEntries(kinds);
}

function leftOut(name: string, { file, leftOut: columns }: ReadFile): readonly string[] {
  return columns.map(
    (column) => `${name}/${file}, column ${column}: sums of numbers that are not whole`,
  );
}

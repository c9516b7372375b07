/** Pictures, pages and tables drawn from measures: each names the measures under it, which the release holds beside it. */
import { createHash } from "node:crypto";
import { basename, extname, resolve } from "node:path";
import { readSmallFile } from "../../files/small-file.ts";
import { fail as failForFiles } from "../../files/problems.ts";
import { MOST_BYTES, MOST_ROWS } from "./checker-limits.ts";
import type { Finding } from "./pack-checks.ts";
import { ownFiles } from "./release-file-names.ts";
import type { ReadFile } from "./read-release.ts";
import { singleValues } from "./single-values.ts";

export interface ReleaseFigure {
  /** Its name in the release. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Files of measures in the release that it is drawn from. */
  readonly from: readonly string[];
}

export interface ReadFigures {
  readonly figures: readonly ReleaseFigure[];
  /** Nothing is released while one is left. */
  readonly refused: readonly Finding[];
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
  const taken = names.filter((name, at) => names.indexOf(name) !== at || ownFiles.has(name));
  return {
    figures: read.map(({ figure }) => figure),
    refused: [
      ...read.flatMap(({ refused }) => refused),
      ...taken.map((file) => ({ file, says: "is the name of another file of the release" })),
    ],
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
  const figure: ReleaseFigure = {
    ...{ file, bytes, sha256: createHash("sha256").update(bytes).digest("hex") },
    from: under.flatMap(({ measure }) => measure?.file ?? []),
  };
  return { figure, refused: [...sourceFindings(file, ids, lost), ...formFindings(figure)] };
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

const TABLES: ReadonlySet<string> = new Set([".csv", ".txt", ".json"]);
const TYPES: ReadonlySet<string> = new Set([...TABLES, ".svg", ".png", ".jpg", ".jpeg", ".html"]);

/** Whatever would run, or bring something from elsewhere, when it is looked at. */
const ACTIVE =
  /<script|<foreignobject|<iframe|<object|<embed|\bon\w+\s*=|javascript:|@import|\b(?:src|href)\s*=\s*["']?\s*(?:https?:)?\/\//i;

function formFindings({ file, bytes }: ReleaseFigure): readonly Finding[] {
  const type = extname(file).toLowerCase();
  if (!TYPES.has(type)) return [{ file, says: "is of a type that checkers do not take" }];
  const says = (text: string): Finding => ({ file, says: text });
  if (bytes.byteLength > MOST_BYTES) return [says("is larger than 16 MiB")];
  const isPage = type === ".html" || type === ".svg";
  const text = isPage || TABLES.has(type) ? bytes.toString("utf8") : "";
  const rows = TABLES.has(type) ? text.split("\n").filter((line) => line !== "").length - 1 : 0;
  return [
    ...singleValues(type, text).map(says),
    ...(rows > MOST_ROWS ? [says(`has more than ${MOST_ROWS} rows`)] : []),
    ...(isPage && ACTIVE.test(text) ? [says("holds a script, or brings in something")] : []),
  ];
}

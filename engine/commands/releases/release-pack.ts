/** A folder that can be given to the people who check outputs: whole, or not there. */
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../../files/make-folder.ts";
import { sortedJson } from "../../audit/sorted-json.ts";
import { flushFolder } from "../../files/atomic-file.ts";
import { failForFile, systemCode } from "../../files/file-problem.ts";
import { partialPathFor } from "../../files/partial-files.ts";
import { removeTree } from "../../files/remove-tree.ts";
import { sweepPartials } from "../../files/sweep-partials.ts";
import { writeWholeFile } from "../../files/whole-file.ts";
import type { Finding } from "./pack-checks.ts";
import { fail as failForFiles } from "../../files/problems.ts";
import { fail } from "./problems.ts";
import { CERTIFICATE_FILE, PACK_FILE, PAGE_FILE } from "./release-file-names.ts";
import type { ReleasePack } from "./release-contents.ts";
import { releasePage } from "./release-page.ts";

/** The same bytes for the same release. Problems: release-exists, and those of the file system. */
export async function writePack(folder: string, pack: ReleasePack): Promise<readonly string[]> {
  if (existsSync(folder)) refuse(folder);
  const partial = await beginIn(folder);
  try {
    const files = contentsOf(pack);
    for (const [name, bytes] of files) await writeWholeFile(join(partial, name), bytes);
    await flushFolder(partial);
    // An empty folder would be replaced.
    if (existsSync(folder)) refuse(folder);
    renameSync(partial, folder);
    await flushFolder(dirname(folder));
    return files.map(([name]) => name);
  } catch (error) {
    if (systemCode(error) === "ENOTEMPTY" || systemCode(error) === "EEXIST") refuse(folder);
    return failForFile(error, folder, "write");
  } finally {
    removeTree(partial);
  }
}

function refuse(folder: string): never {
  return fail("release-exists", { folder: basename(folder) });
}

/** An empty folder beside it, in which it is written. */
async function beginIn(folder: string): Promise<string> {
  const partial = partialPathFor(folder);
  try {
    makeFolder(dirname(folder));
    await sweepPartials(dirname(folder));
    mkdirSync(partial);
    return partial;
  } catch (error) {
    // A file stands where a folder would have to be.
    if (systemCode(error) === "EEXIST") return failForFiles("folder-not-found", { file: folder });
    return failForFile(error, folder, "write");
  }
}

function plainFinding({ file, says }: Finding): Finding {
  return { file, says };
}

function contentsOf(pack: ReleasePack): readonly (readonly [string, Uint8Array])[] {
  const { context, files, earlier, audit, certificate, warnings, figures } = pack;
  const { releasable, attacker, policy, notModelled, cells } = audit;
  const runs = [...new Set(files.map(({ run }) => run))];
  const described = files.map(({ file, study, sha256, bytes, published, isDummy, run }) => {
    // The checksum of a small cohort could be tried out: marks cannot, without the secret.
    const cohorts = Object.entries(published.cohorts).map(
      ([date, mark]) => [date, { ...mark, source: "" }] as const,
    );
    return {
      ...{ file, study, sha256, bytes: bytes.byteLength, isDummy, run: runs.indexOf(run) },
      supports: figures.filter(({ from }) => from.includes(file)).map((each) => each.file),
      published: { ...published, cohorts: Object.fromEntries(cohorts) },
    };
  });
  const told = {
    ...{ release: 1, context, files: described, earlier, warnings: warnings.map(plainFinding) },
    figures: figures.map(({ bytes, ...each }) => ({ ...each, bytes: bytes.byteLength })),
    audit: { releasable, attacker, policy, notModelled, numbers: cells.length },
  };
  return [
    ...[...files, ...figures].map(({ file, bytes }) => [file, bytes] as const),
    ...(certificate === null
      ? []
      : [[CERTIFICATE_FILE, Buffer.from(`${sortedJson(certificate)}\n`)] as const]),
    [PACK_FILE, Buffer.from(`${sortedJson(told)}\n`)],
    [PAGE_FILE, Buffer.from(releasePage(pack))],
  ];
}

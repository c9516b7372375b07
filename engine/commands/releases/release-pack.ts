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
import { fail } from "./problems.ts";
import { CERTIFICATE_FILE, PACK_FILE, PAGE_FILE } from "./release-file-names.ts";
import type { ReleasePack } from "./release-contents.ts";
import { releasePage } from "./release-page.ts";

/** The same bytes for the same release. Problems: release-exists, and those of the file system. */
export async function writePack(folder: string, pack: ReleasePack): Promise<readonly string[]> {
  const refuse = (): never => fail("release-exists", { folder: basename(folder) });
  if (existsSync(folder)) return refuse();
  const partial = partialPathFor(folder);
  try {
    makeFolder(dirname(folder));
    await sweepPartials(dirname(folder));
    mkdirSync(partial);
    const files = contentsOf(pack);
    for (const [name, bytes] of files) await writeWholeFile(join(partial, name), bytes);
    await flushFolder(partial);
    // An empty folder would be replaced.
    if (existsSync(folder)) return refuse();
    renameSync(partial, folder);
    await flushFolder(dirname(folder));
    return files.map(([name]) => name);
  } catch (error) {
    if (systemCode(error) === "ENOTEMPTY" || systemCode(error) === "EEXIST") return refuse();
    return failForFile(error, folder, "write");
  } finally {
    removeTree(partial);
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

/** Where the runner keeps what it knows: metadata/ in the study's folder. */
import { join } from "node:path";
import { makeMetadataFolder } from "../../files/metadata-folder.ts";
import { makeOwnFolder } from "../../files/own-folder.ts";
import { refuseOddEntries } from "../../files/refuse-odd-entries.ts";

export interface MetadataPaths {
  readonly root: string;
  readonly lock: string;
  readonly manifest: string;
  /** A record for each run. */
  readonly runs: string;
  /** What is known of each action's last run. */
  readonly actions: string;
  /** Working folders of cohort actions, on the disk of the study. */
  readonly working: string;
  /** What an action that did not succeed had made; treated as highly sensitive. */
  readonly unfinished: string;
  /** Files that did not pass the checks of their level; treated as highly sensitive. */
  readonly withheld: string;
  /** Files that actions were given and wrote anew, apart from those that they were given; highly sensitive. */
  readonly rewritten: string;
  /** What programs printed that may see patients; treated as highly sensitive. */
  readonly printed: string;
  /** What was packed for the people who check outputs. */
  readonly releases: string;
}

export function metadataPaths(folder: string): MetadataPaths {
  const root = join(folder, "metadata");
  return {
    root,
    lock: join(root, "lock.json"),
    manifest: join(root, "manifest.json"),
    runs: join(root, "runs"),
    actions: join(root, "actions"),
    working: join(root, "working"),
    unfinished: join(root, "unfinished"),
    withheld: join(root, "withheld"),
    rewritten: join(root, "rewritten"),
    printed: join(root, "printed"),
    releases: join(root, "releases"),
  };
}

/** From the study's folder, as people are reported it. */
export function logFile(fileName: string): string {
  return `metadata/${fileName}.log`;
}

/**
 * Makes the folders, for their owner alone unless they are shared on purpose. git is told to leave all of them
 * out. What stands in their place and is not ours is a problem (file-is-a-link, folder-not-ours,
 * file-not-plain), before anything in them is touched.
 */
export async function makeMetadata(folder: string, shared: boolean): Promise<MetadataPaths> {
  const paths = metadataPaths(folder);
  const { root, runs, actions, working, unfinished, withheld, rewritten, printed } = paths;
  const all = [runs, actions, working, unfinished, withheld, rewritten, printed];
  refuseOddEntries(folder, [root, ...all]);
  await makeMetadataFolder(folder, shared);
  for (const path of all) makeOwnFolder({ root: folder, shared }, path);
  return paths;
}

/** Where the runner keeps what it knows: metadata/ in the study's folder. spec/pipeline.md 2.7. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
  /** What programs printed that may see patients; treated as highly sensitive. */
  readonly printed: string;
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
    printed: join(root, "printed"),
  };
}

/** From the study's folder, as people are told it. */
export function logFile(action: string): string {
  return `metadata/${action}.log`;
}

const OWNER_ONLY = 0o700;

/** Makes the folders. git is told to leave all of them out; others on the machine cannot look inside. */
export function makeMetadata(folder: string): MetadataPaths {
  const paths = metadataPaths(folder);
  const { root, runs, actions, working, unfinished, withheld, printed } = paths;
  for (const path of [root, runs, actions]) mkdirSync(path, { recursive: true });
  for (const path of [working, unfinished, withheld, printed]) {
    mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
  }
  writeFileSync(join(root, ".gitignore"), "*\n");
  return paths;
}

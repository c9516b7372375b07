import { join } from "node:path";
import { ownNames } from "../../files/json-file.ts";
import { removeOwn } from "../../files/own-folder.ts";

/** Working folders of a run that was killed. Call it while holding the lock: then nobody uses them. */
export function sweepWorking(study: string, folder: string): void {
  for (const name of ownNames(study, folder)) removeOwn(study, join(folder, name));
}

import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Working folders of a run that was killed. Call it while holding the lock: then nobody uses them. */
export function sweepWorking(folder: string): void {
  for (const name of readdirSync(folder)) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** The way out when a study imports a module that is not there. */
import { posix } from "node:path";
import { nearestNames } from "../base/nearest.ts";
import { visibleNames } from "../sandbox/nearest-files.ts";
import type { Workspace } from "../sandbox/workspace-path.ts";

/** Where a study's imports are looked for. */
const folders = ["analysis", "."];

/** Files of the study with a name like the module's. */
export function nearestModules(workspace: Workspace, module: string): readonly string[] {
  const parts = module.split(".");
  const name = parts.at(-1) ?? "";
  const inner = parts.slice(0, -1);
  return folders.flatMap((folder) => {
    const place = posix.join(folder, ...inner);
    const files = visibleNames(workspace, place).filter((each) => each.endsWith(".py"));
    const known = files.map((each) => each.slice(0, -".py".length));
    return nearestNames(name, known).map((each) => posix.join(place, `${each}.py`));
  });
}

/** How many cores this process may use. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Those of the machine, unless the process is held to some of them or a container grants it less. */
export function usableCores(read: (file: string) => string = textOf): number {
  const granted = grantedByContainer(read);
  const cores = availableParallelism();
  return granted === null ? cores : Math.max(1, Math.min(cores, Math.floor(granted)));
}

/** Processor time a period; null where nothing limits it, or nobody says so. */
function grantedByContainer(read: (file: string) => string): number | null {
  const [quota, period] = read("/sys/fs/cgroup/cpu.max").trim().split(" ");
  const older = read("/sys/fs/cgroup/cpu/cpu.cfs_quota_us").trim();
  const olderPeriod = read("/sys/fs/cgroup/cpu/cpu.cfs_period_us").trim();
  const share = quota === "" ? Number(older) / Number(olderPeriod) : Number(quota) / Number(period);
  return Number.isFinite(share) && share > 0 ? share : null;
}

/** Empty where there is none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

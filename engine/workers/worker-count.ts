/** How many workers the memory of a machine allows. */
import { totalmem } from "node:os";

/** What one takes: an engine of its own, a batch under way, and in the largest format a writer's row group. */
const MIB_EACH = 160;

const MIB = 2 ** 20;

/** At least one, whatever the memory, in bytes. */
export function workersThatFit(memory = usableMemory()): number {
  return Math.max(1, Math.floor(memory / MIB / MIB_EACH));
}

/** That of the machine, unless a container grants less. */
export function usableMemory(granted = process.constrainedMemory()): number {
  return granted > 0 ? Math.min(granted, totalmem()) : totalmem();
}

/** Text that a file ending in `.gz` holds packed. */
import { gunzipSync } from "node:zlib";
import { fail } from "./problems.ts";
import { MEGABYTE } from "./sandbox-limits.ts";
import { spend } from "./workspace-file.ts";
import type { FileBudget } from "./workspace-file.ts";

/**
 * What is inside, or the bytes themselves of a file that is not packed. It counts like a file of its size.
 * Problems: it is not packed as its name says; more is inside than the budget allows.
 */
export function unpacked(bytes: Uint8Array, path: string, budget: FileBudget): Uint8Array {
  if (!path.endsWith(".gz")) return bytes;
  const { megabytes, spentBytes, what } = budget;
  const maxOutputLength = Math.max(1, megabytes * MEGABYTE - spentBytes);
  try {
    const content = gunzipSync(bytes, { maxOutputLength });
    spend(budget, path, content.length);
    return content;
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    if (isTooLarge) return fail("study-files-too-large", { path, megabytes, what });
    return fail("study-file-not-text", { path });
  }
}

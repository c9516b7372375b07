/** What the file system says, turned into problems that name the file and a way out. */
import { fail } from "./problems.ts";

export type Doing = "read" | "write";

/**
 * Stops with the problem behind an error of the file system: missing, a folder, access refused, disk
 * full, or another answer of the system. Any other error is thrown on as it is (a bug or a problem).
 */
export function failForFile(error: unknown, file: string, doing: Doing): never {
  const answer = systemCode(error);
  if (answer === null) throw error;
  switch (answer) {
    case "ENOENT":
    case "ENOTDIR":
      return doing === "read"
        ? fail("file-not-found", { file })
        : fail("folder-not-found", { file });
    case "EISDIR":
      return fail("file-is-a-folder", { file, doing });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return fail("file-access-refused", { file, doing });
    case "EMFILE":
    case "ENFILE":
      return fail("too-many-open-files", { file });
    case "ENOSPC":
    case "EDQUOT":
      return fail("disk-full", { file });
    default:
      return fail("file-system-error", { file, doing, answer });
  }
}

/** `ENOENT` and the like, or null where the operating system did not speak. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("errno" in error) || !("code" in error)) return null;
  // Node's own errors (ERR_...) and zlib's (Z_...) have codes too, but are not the system's.
  return typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** The files of this library that are bundled with an author's file and run beside it. */
import { fileURLToPath } from "node:url";

/** Absolute paths. */
export interface GuestLibrary {
  /** What `import … from "cohortline"` gives. */
  readonly index: string;
  /** Exports `studyFileOf(module)`: everything an author's file says, as data. */
  readonly studyFile: string;
}

/** Beside this code in `dist`, where all entries lie flat, or in the source tree. */
export function guestLibrary(here = import.meta.url): GuestLibrary {
  const at = (path: string): string => fileURLToPath(new URL(path, here));
  return here.endsWith(".ts")
    ? { index: at("../index.ts"), studyFile: at("../definition/study-file.ts") }
    : { index: at("./index.js"), studyFile: at("./study-file.js") };
}

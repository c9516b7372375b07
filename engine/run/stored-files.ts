/** Files as the pipeline keeps them: by the same rules as cohort files. */
export { flushFolder } from "../table/atomic-file.ts";
export { fileSha256 } from "../table/file-sha256.ts";
export { isPartial, partialPathFor, sweepPartials } from "../table/partial-files.ts";
export { writeWholeFile } from "../table/whole-file.ts";

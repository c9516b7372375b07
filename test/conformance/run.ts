/** Runs folders of recorded cases: `npm run conformance -- DIR…`. */
import { availableParallelism } from "node:os";
import { perform } from "./perform.ts";
import { runFolders } from "./run-folders.ts";

await runFolders(process.argv.slice(2), { perform, sample: null, atOnce: availableParallelism() });

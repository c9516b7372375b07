/** Makes the start image while the engine is built, beside the code that reads it. */
import { defaultLimits } from "../sandbox/sandbox-limits.ts";
import { interpreterFile } from "./interpreter-build.ts";
import { loadInterpreter } from "./load-interpreter.ts";
import { packageFiles } from "./package-files.ts";
import { makeStartImage } from "./start-image.ts";
import { imageFile, readStartImage, writeStartImage } from "./start-image-file.ts";

const packages = packageFiles();
const file = imageFile();
const isThere = (await readStartImage(packages)) !== null;
// Where the interpreter is left out, no study needs an image.
if (file !== null && interpreterFile() !== null && !isThere) {
  const interpreter = await loadInterpreter(defaultLimits.megabytes);
  await writeStartImage(await makeStartImage(interpreter, packages), packages, file);
}

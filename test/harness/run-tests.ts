/** Runs files of tests as `node --test` does, and gives its exit code. */
import { spawn } from "node:child_process";
import { buildTests } from "./built-tests.ts";
import { groupTests } from "./test-groups.ts";

/** Words that start with a dash are options of Node; the others are files, from the project's root. */
export async function runTests(words: readonly string[]): Promise<number> {
  const { files, remove } = await buildTests(words.filter((word) => !word.startsWith("-")));
  try {
    return await nodeTest([...words.filter((word) => word.startsWith("-")), ...groupTests(files)]);
  } finally {
    remove();
  }
}

/** An interrupt reaches Node too: it ends its tests, and the built ones are removed. */
function nodeTest(words: readonly string[]): Promise<number> {
  const options = ["--enable-source-maps", "--test", "--test-concurrency=2"];
  const child = spawn(process.execPath, [...options, ...words], { stdio: "inherit" });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGINT", pass).on("SIGTERM", pass);
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

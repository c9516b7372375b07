/**
 * Runs the built command line again and again in this process, as it is: for tests that do not ask how a
 * process starts and ends. A message is the folder and the words of a command; what it writes and its
 * exit code go back.
 */
import { Buffer } from "node:buffer";
import { tmpdir } from "node:os";
import process from "node:process";
import { pathToFileURL } from "node:url";

const cli = pathToFileURL(process.argv[2]).href;
const umask = process.umask();
let count = 0;
let isRunning = false;

for (const name of ["stdout", "stderr"]) {
  process[name].write = (chunk, encoding, done) => {
    process.send({ name, text: Buffer.from(chunk).toString() });
    const written = typeof encoding === "function" ? encoding : done;
    if (written !== undefined) process.nextTick(written);
    return true;
  };
}

process.on("message", async ({ folder, words }) => {
  isRunning = true;
  // A command that waits for nothing that will ever come has to end.
  process.channel.unref();
  process.chdir(folder);
  process.argv.splice(1, Infinity, process.argv[1], ...words);
  process.exitCode = undefined;
  // Another address is another run of the file; all that it imports is loaded once.
  await import(`${cli}?${count++}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal);
  process.umask(umask);
  // The folder goes, and a thread that is still starting asks where it is.
  process.chdir(tmpdir());
  process.channel.ref();
  isRunning = false;
  process.send({ code: process.exitCode });
});

process.on("disconnect", () => process.exit());
process.on("exit", (code) => {
  // As Node ends a process whose first file waits for ever.
  if (isRunning && code === 0) process.exitCode = 13;
});

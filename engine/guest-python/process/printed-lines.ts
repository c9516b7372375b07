/** What a guest prints, on its way to this process's output. */
import { writeSync } from "node:fs";

const NEW_LINE = 10;
/** A line without an end would fill the memory of whoever reads it. */
const LONGEST_LINE = 65_536;
const STANDARD_OUTPUT = 1;

/** Each piece goes out at once; a line that is longer is cut into several. */
export function printedLines(): (bytes: Uint8Array) => void {
  let length = 0;
  const newLine = Uint8Array.of(NEW_LINE);
  return (bytes) => {
    for (let start = 0; start < bytes.length;) {
      const rest = bytes.subarray(start, start + LONGEST_LINE - length);
      const end = rest.indexOf(NEW_LINE);
      const part = end < 0 ? rest : rest.subarray(0, end + 1);
      write(part);
      length = end < 0 ? length + part.length : 0;
      if (length >= LONGEST_LINE) {
        write(newLine);
        length = 0;
      }
      start += part.length;
    }
  };
}

/** A pipe that is full is waited for. */
function write(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(STANDARD_OUTPUT, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

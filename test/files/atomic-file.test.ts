import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { lstatSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, it } from "node:test";

import { openAtomicFile } from "../../engine/files/atomic-file.ts";
import { failForFile } from "../../engine/files/file-problem.ts";
import { fileSha256 } from "../../engine/files/file-sha256.ts";
import { isPartial } from "../../engine/files/partial-files.ts";
import { sweepPartials } from "../../engine/files/sweep-partials.ts";
import { problemOf } from "../table/problem-of.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

const scratch = scratchFolder();
let folders = 0;

function newFolder(): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return folder;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A disk that takes so many writes and is then full. */
function fullAfter(writes: number): typeof open {
  return async (...args) => {
    const handle: FileHandle = await open(...args);
    let left = writes;
    const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
    const limited = async (...args: unknown[]): Promise<unknown> => {
      if (left-- <= 0) throw systemError("ENOSPC");
      return write(...args);
    };
    return Object.assign(handle, { write: limited });
  };
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says it`), { code, errno: -1 });
}

describe("an atomic file", () => {
  it("has its name only after it is committed, and then all its bytes", async () => {
    const folder = newFolder();
    const path = join(folder, "cohort.csv");
    const file = await openAtomicFile(path);
    await file.write(bytesOf("patient_id\n"));
    await file.write(bytesOf("1\n"));
    assert.equal(existsSync(path), false);
    assert.equal(readdirSync(folder).every(isPartial), true);
    const written = await file.commit();
    assert.equal(readFileSync(path, "utf8"), "patient_id\n1\n");
    assert.deepEqual(readdirSync(folder), ["cohort.csv"]);
    const sha256 = createHash("sha256").update("patient_id\n1\n").digest("hex");
    assert.deepEqual(written, { sha256, bytes: 13 });
    assert.equal(await fileSha256(path), sha256);
  });

  it("leaves the old file as it was when it is abandoned", async () => {
    const folder = newFolder();
    const path = join(folder, "cohort.csv");
    writeFileSync(path, "old");
    const file = await openAtomicFile(path);
    await file.write(bytesOf("new"));
    await file.abandon();
    await file.abandon();
    assert.equal(readFileSync(path, "utf8"), "old");
    assert.deepEqual(readdirSync(folder), ["cohort.csv"]);
    await assert.rejects(file.commit(), /already/);
  });

  it("replaces a link itself and never what it points to", async () => {
    const folder = newFolder();
    const elsewhere = join(newFolder(), "precious.csv");
    writeFileSync(elsewhere, "precious");
    const path = join(folder, "cohort.csv");
    symlinkSync(elsewhere, path);
    const file = await openAtomicFile(path);
    await file.write(bytesOf("new"));
    await file.commit();
    assert.equal(readFileSync(elsewhere, "utf8"), "precious");
    assert.equal(lstatSync(path).isSymbolicLink(), false);
    assert.equal(readFileSync(path, "utf8"), "new");
  });

  it("has the rights that any new file of the user has", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "plain"), "");
    const file = await openAtomicFile(join(folder, "cohort.csv"));
    await file.commit();
    assert.equal(
      statSync(join(folder, "cohort.csv")).mode.toString(8),
      statSync(join(folder, "plain")).mode.toString(8),
    );
  });

  it("can be written by several at a time; the last one to finish wins", async () => {
    const path = join(newFolder(), "cohort.csv");
    const [one, two] = [await openAtomicFile(path), await openAtomicFile(path)];
    await one.write(bytesOf("one"));
    await two.write(bytesOf("two"));
    await two.commit();
    await one.commit();
    assert.equal(readFileSync(path, "utf8"), "one");
  });

  for (const writes of [0, 1]) {
    it(`leaves nothing behind when the disk is full after ${writes} writes`, async () => {
      const folder = newFolder();
      const path = join(folder, "cohort.csv");
      const file = await openAtomicFile(path, fullAfter(writes));
      const problem = await problemOf(async () => {
        await file.write(bytesOf("patient_id\n"));
        await file.write(bytesOf("1\n"));
      });
      assert.match(problem, /^disk-full: .*cohort\.csv/);
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  it("reports a folder of that name before any work is done", async () => {
    const folder = newFolder();
    assert.match(await problemOf(() => openAtomicFile(folder)), /^file-is-a-folder: Cannot write/);
  });

  it("reports a folder that appeared under its name meanwhile", async () => {
    const folder = newFolder();
    const path = join(folder, "cohort.csv");
    const file = await openAtomicFile(path);
    mkdirSync(path);
    assert.match(await problemOf(() => file.commit()), /^file-is-a-folder: /);
    assert.deepEqual(readdirSync(folder), ["cohort.csv"]);
  });

  it("reports a missing folder", async () => {
    const path = join(newFolder(), "nowhere", "cohort.csv");
    assert.match(await problemOf(() => openAtomicFile(path)), /^folder-not-found: /);
  });
});

describe("a killed writer", () => {
  const script = `
    import { openAtomicFile } from ${JSON.stringify(new URL("../../engine/files/atomic-file.ts", import.meta.url).href)};
    const file = await openAtomicFile(process.argv[1]);
    await file.write(new TextEncoder().encode("half"));
    console.log("written");
    setInterval(() => undefined, 1000);
  `;

  it("leaves no file under the final name, and its partial file can be swept", async () => {
    const folder = newFolder();
    const path = join(folder, "cohort.csv");
    writeFileSync(join(folder, "mine.partial"), "an author's own file");
    const args = ["--import", "tsx", "--input-type=module", "-e", script, path];
    const writer = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await once(writer.stdout, "data");
    assert.equal(await sweepPartials(folder), 0, "the file of a living writer stays");
    writer.kill("SIGKILL");
    await once(writer, "exit");
    assert.equal(existsSync(path), false);
    assert.equal(readdirSync(folder).filter(isPartial).length, 1);
    assert.equal(await sweepPartials(folder), 1);
    assert.deepEqual(readdirSync(folder), ["mine.partial"]);
  });

  it("leaves no folder of its own either", async () => {
    const folder = newFolder();
    const file = await openAtomicFile(join(folder, "a.parquet"));
    const beside = file.besidePath();
    mkdirSync(beside);
    writeFileSync(join(beside, "rows"), "1");
    await file.abandon();
    assert.deepEqual(readdirSync(folder), [basename(beside)]);
    assert.equal(await sweepPartials(folder), 0, "the folder of a living writer stays");
    renameSync(beside, join(folder, basename(beside).replace(/-\d+-/, "-999999999-")));
    assert.equal(await sweepPartials(folder), 1);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("leaves nothing to sweep where there is no folder", async () => {
    assert.equal(await sweepPartials(join(scratch, "nowhere")), 0);
  });
});

describe("what the file system answers", () => {
  const answers: [answer: string, doing: "read" | "write", code: string][] = [
    ["ENOENT", "read", "file-not-found"],
    ["ENOENT", "write", "folder-not-found"],
    ["ENOTDIR", "write", "folder-not-found"],
    ["EISDIR", "read", "file-is-a-folder"],
    ["EACCES", "read", "file-access-refused"],
    ["EPERM", "write", "file-access-refused"],
    ["EROFS", "write", "file-access-refused"],
    ["ENOSPC", "write", "disk-full"],
    ["EDQUOT", "write", "disk-full"],
    ["EIO", "read", "file-system-error"],
    ["ENAMETOOLONG", "write", "file-system-error"],
  ];
  for (const [answer, doing, code] of answers) {
    it(`becomes the problem ${code} for ${answer} (${doing})`, async () => {
      const problem = await problemOf(() => failForFile(systemError(answer), "a b.csv", doing));
      assert.ok(problem.startsWith(`${code}: `));
      assert.ok(problem.includes('"a b.csv"'));
    });
  }

  it("is thrown on if it is no answer of the file system", () => {
    const bug = new TypeError("a bug");
    assert.throws(() => failForFile(bug, "a.csv", "read"), bug);
  });
});

describe("the checksum of a file", () => {
  it("is a problem for a file that is not there or a folder", async () => {
    const missing = () => fileSha256(join(scratch, "missing"));
    assert.match(await problemOf(missing), /^file-not-found: /);
    assert.match(await problemOf(() => fileSha256(newFolder())), /^file-is-a-folder: Cannot read/);
  });
});

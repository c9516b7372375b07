import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  makeOwnFolder,
  readOwnFile,
  removeOwn,
  writeOwnFile,
} from "../../engine/files/own-folder.ts";
import { readSmallFile } from "../../engine/files/small-file.ts";
import { problemOf } from "../table/problem-of.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

const scratch = scratchFolder();
let folders = 0;

/** A study's folder with metadata/, and a folder outside with a file that nobody may touch. */
function study(): { readonly root: string; readonly outside: string; readonly precious: string } {
  const base = join(scratch, String(folders++));
  const [root, outside] = [join(base, "study"), join(base, "outside")];
  for (const folder of [root, outside]) mkdirSync(folder, { recursive: true });
  const precious = join(outside, "precious.json");
  writeFileSync(precious, "{}");
  return { root, outside, precious };
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe("a folder of the engine's own", () => {
  it("is for its owner alone, also where it was there with wider rights", () => {
    const { root } = study();
    mkdirSync(join(root, "metadata"), { mode: 0o755 });
    makeOwnFolder({ root, shared: false }, join(root, "metadata/runs"));
    assert.equal(modeOf(join(root, "metadata")), "700");
    assert.equal(modeOf(join(root, "metadata/runs")), "700");
    const umask = process.umask(0o027);
    makeOwnFolder({ root, shared: true }, join(root, "metadata/actions"));
    process.umask(umask);
    assert.equal(modeOf(join(root, "metadata/actions")), "750", "shared: as the umask says");
  });

  for (const level of ["metadata", "metadata/runs"]) {
    it(`is nothing that is made, read, written or emptied if ${level} is a link`, async () => {
      const { root, outside, precious } = study();
      mkdirSync(join(root, "metadata"));
      if (level === "metadata") execFileSync("rmdir", [join(root, "metadata")]);
      symlinkSync(outside, join(root, level));
      const file = join(root, level, "precious.json");
      const tries: readonly (() => unknown)[] = [
        () => {
          makeOwnFolder({ root, shared: false }, join(root, level, "a"));
        },
        () => readOwnFile(root, file),
        () => writeOwnFile(root, file, Buffer.from("new")),
        () => {
          removeOwn(root, file);
        },
      ];
      for (const each of tries) {
        const told = await problemOf(async () => Promise.resolve(each()));
        assert.ok(told.startsWith(`file-is-a-link: "${join(root, level)}"`), told);
      }
      assert.equal(readFileSync(precious, "utf8"), "{}");
      assert.equal(existsSync(join(outside, "a")), false);
    });
  }

  it("is no file", async () => {
    const { root } = study();
    writeFileSync(join(root, "metadata"), "");
    const make = (): Promise<void> =>
      new Promise((resolve) => {
        makeOwnFolder({ root, shared: false }, join(root, "metadata/runs"));
        resolve();
      });
    assert.match(await problemOf(make), /^folder-not-ours: .*metadata" is no folder/);
  });

  it("loses a link that is removed, and never what the link leads to", () => {
    const { root, outside, precious } = study();
    mkdirSync(join(root, "metadata/working/deep"), { recursive: true });
    symlinkSync(outside, join(root, "metadata/working/deep/link"));
    removeOwn(root, join(root, "metadata/working"));
    assert.equal(existsSync(join(root, "metadata/working")), false);
    assert.ok(existsSync(precious));
  });
});

describe("a small file", () => {
  const read = (file: string, follow = false) =>
    problemOf(async () => Promise.resolve(readSmallFile(file, { most: 10, follow })));

  it("is null where there is none, also where a folder above it is a file", () => {
    const { root, precious } = study();
    for (const file of [join(root, "a"), join(precious, "a")]) {
      assert.equal(readSmallFile(file, { most: 10, follow: false }), null);
    }
  });

  it("is read up to its limit, and not beyond", async () => {
    const { root } = study();
    const file = join(root, "a");
    writeFileSync(file, "0123456789");
    assert.equal(readSmallFile(file, { most: 10, follow: false })?.toString(), "0123456789");
    writeFileSync(file, "0123456789a");
    assert.match(await read(file), /^file-too-large: .*larger than 10 bytes/);
    truncateSync(file, 1e12);
    assert.match(await read(file), /^file-too-large: /);
  });

  it("is no pipe, device, folder or link, and waits for none of them", async () => {
    const { root, precious } = study();
    const [pipe, link] = [join(root, "pipe"), join(root, "link")];
    execFileSync("mkfifo", [pipe]);
    symlinkSync(precious, link);
    assert.match(await read(pipe), /^file-not-plain: /);
    assert.match(await read("/dev/zero"), /^file-not-plain: /);
    assert.match(await read(root), /^file-is-a-folder: /);
    assert.match(await read(link), /^file-is-a-link: /);
    assert.equal(readSmallFile(link, { most: 10, follow: true })?.toString(), "{}");
  });
});

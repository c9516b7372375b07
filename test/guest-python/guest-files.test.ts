/** What a guest can reach by names, whatever names it uses: the file calls of its host, without Python. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileStore, servedFile, sinkFile } from "../../engine/guest-python/process/file-store.ts";
import { guestFiles } from "../../engine/guest-python/process/guest-files.ts";
import type { GuestFiles } from "../../engine/guest-python/process/guest-files.ts";
import { CallRefused, errno } from "../../engine/wasi/errno.ts";
import { bytesOf } from "../../engine/wasi/guest-tree.ts";
import type { GuestFile } from "../../engine/wasi/guest-tree.ts";
import { pathBelow } from "../../engine/wasi/path-calls.ts";

const top = mkdtempSync(join(tmpdir(), "guest-files-"));
after(() => {
  rmSync(top, { recursive: true });
});

let count = 0;

/** `workspace/in/cohort.csv` is served; 1,000 bytes and 20 entries may be written. */
function guest(): {
  readonly files: GuestFiles;
  readonly scratch: string;
  /** Where the machine has the cohort. */
  readonly served: string;
} {
  const folder = join(top, String(count++));
  const scratch = join(folder, "scratch");
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(folder, "cohort.csv"), "patient_id\n1\n");
  const store = fileStore({ folder: scratch, mostBytes: 1000, now: () => 7n });
  const served = [
    { path: "workspace/in/cohort.csv", stored: servedFile(join(folder, "cohort.csv"), 7n) },
    { path: "usr/local/lib/python.zip", stored: servedFile(join(folder, "cohort.csv"), 7n) },
    { path: "dev/null", stored: sinkFile(7n) },
  ];
  const writable = ["workspace", "tmp"];
  const files = guestFiles({ served, apart: [], writable, store, mostEntries: 20 });
  return { files, scratch, served: join(folder, "cohort.csv") };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function write(files: GuestFiles, path: string, text: string): void {
  const file = files.openToWrite(path, true);
  file.writeAt(bytes(text), 0);
  file.close?.();
}

function textOf(files: GuestFiles, path: string): string {
  const file = files.read(path);
  const text = new TextDecoder().decode(bytesOf(file));
  file.close?.();
  return text;
}

/** The name of the refusal; "" where there is none. */
function refusal(act: () => unknown): string {
  try {
    act();
    return "";
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    return Object.entries(errno).find(([, number]) => number === error.errno)?.[0] ?? "unknown";
  }
}

describe("the files of a guest", () => {
  it("are what it is served, and what it writes itself", () => {
    const { files, scratch } = guest();
    assert.equal(textOf(files, "workspace/in/cohort.csv"), "patient_id\n1\n");
    files.makeFolder("workspace/out");
    write(files, "workspace/out/a.csv", "a\n1\n");
    assert.deepEqual(files.list("workspace"), ["in", "out"]);
    assert.equal(textOf(files, "workspace/out/a.csv"), "a\n1\n");
    assert.deepEqual([...files.made().keys()], ["workspace/out/a.csv"]);
    assert.deepEqual(readdirSync(scratch), ["0"], "its bytes lie under a name of ours");
  });

  it("stay as they were served on the machine, whatever the guest does to them", () => {
    const cohort = "workspace/in/cohort.csv";
    const part = (files: GuestFiles, act: (file: GuestFile) => void): void => {
      const file = files.openToWrite(cohort, false);
      act(file);
      file.close?.();
    };
    const acts: Readonly<Record<string, (files: GuestFiles) => void>> = {
      x: (files) => {
        write(files, cohort, "x");
      },
      "patient_id\n1\nx": (files) => {
        part(files, (file) => {
          file.writeAt(bytes("x"), file.length);
        });
      },
      pat: (files) => {
        part(files, (file) => {
          file.resize(3);
        });
      },
      replaced: (files) => {
        write(files, "workspace/mine", "replaced");
        files.rename("workspace/mine", cohort);
      },
      "made again": (files) => {
        files.remove(cohort);
        write(files, cohort, "made again");
      },
    };
    for (const [text, act] of Object.entries(acts)) {
      const { files, served } = guest();
      const reader = files.read(cohort);
      act(files);
      assert.equal(textOf(files, cohort), text, "the guest sees what it wrote");
      assert.equal(files.made().get(cohort)?.replaces, true, text);
      assert.notEqual(files.realOf(cohort), served, text);
      assert.equal(readFileSync(served, "utf8"), "patient_id\n1\n", text);
      assert.equal(new TextDecoder().decode(bytesOf(reader)), "patient_id\n1\n", text);
      reader.close?.();
    }
  });

  it("move as a copy, and can be gone for the guest alone", () => {
    const { files, served } = guest();
    files.rename("workspace/in/cohort.csv", "workspace/moved.csv");
    assert.equal(files.kindOf("workspace/in/cohort.csv"), null);
    assert.equal(textOf(files, "workspace/moved.csv"), "patient_id\n1\n");
    assert.deepEqual(
      [...files.made()].map(([path, { replaces }]) => [path, replaces]),
      [["workspace/moved.csv", false]],
    );
    files.removeFolder("workspace/in");
    assert.deepEqual(files.list("workspace"), ["moved.csv"]);
    assert.equal(readFileSync(served, "utf8"), "patient_id\n1\n");
  });

  it("are copied within what may be written", () => {
    const { files } = guest();
    write(files, "workspace/a", "x".repeat(995));
    const refused = refusal(() => files.openToWrite("workspace/in/cohort.csv", false));
    assert.equal(refused, "noSpace");
    assert.equal(textOf(files, "workspace/in/cohort.csv"), "patient_id\n1\n");
  });

  it("cannot be changed outside the action's folder, nor by whoever reads them, nor moved with their folder", () => {
    const { files } = guest();
    const cohort = "workspace/in/cohort.csv";
    const library = "usr/local/lib/python.zip";
    write(files, "workspace/mine", "x");
    const tries: Readonly<Record<string, () => unknown>> = {
      "written to when read": () => {
        files.read(cohort).writeAt(bytes("x"), 0);
      },
      "cut when read": () => {
        files.read(cohort).resize(0);
      },
      "moved with their folder": () => {
        files.rename("workspace/in", "workspace/b");
      },
      "a folder in place of a file": () => {
        files.remove(cohort);
        files.makeFolder(cohort);
      },
      "the library": () => files.openToWrite(library, true),
      "the library removed": () => {
        files.remove(library);
      },
      "the library moved": () => {
        files.rename(library, "workspace/library");
      },
      "the library replaced": () => {
        files.rename("workspace/mine", library);
      },
      "the library's folder": () => {
        files.removeFolder("usr/local/lib");
      },
      "the action's folder": () => {
        files.removeFolder("workspace");
      },
    };
    for (const [what, act] of Object.entries(tries)) assert.equal(refusal(act), "access", what);
  });

  it("can be made in the action's folder and the one for temporary files only", () => {
    const { files } = guest();
    for (const path of ["a", "usr/a", "dev/a", "etc", "workspacex/a", "proc"]) {
      const said = [
        refusal(() => files.openToWrite(path, true)),
        refusal(() => {
          files.makeFolder(path);
        }),
      ];
      assert.ok(
        said.every((each) => each === "access" || each === "noEntry"),
        `${path}: ${said.join(", ")}`,
      );
    }
    assert.equal(
      refusal(() => files.openToWrite("usr/local/lib/python.zip/x", true)),
      "notFolder",
    );
    write(files, "tmp/a", "x");
    assert.deepEqual(files.list("tmp"), ["a"]);
  });

  it("lie below the top, whatever .. and slashes are in a path", () => {
    assert.equal(
      pathBelow("workspace", "../workspace/./in//cohort.csv"),
      "workspace/in/cohort.csv",
    );
    for (const path of ["../..", "../../etc/passwd", "a/../../../x", "../../workspace/../x"]) {
      const said = refusal(() => pathBelow("workspace", path));
      assert.equal(said, "outside", path);
    }
  });

  it("have names of text, of 255 bytes and paths of 4,096 at most", () => {
    const { files } = guest();
    const nameOf = (name: string): string =>
      refusal(() => files.openToWrite(`workspace/${name}`, true));
    assert.equal(nameOf("é".repeat(128)), "nameTooLong");
    assert.equal(nameOf("é".repeat(127)), "");
    assert.equal(nameOf("a\0b"), "invalid");
  });

  it("hold so many bytes together, counted before they are written, and given back", () => {
    const { files } = guest();
    const file = files.openToWrite("workspace/a", true);
    file.writeAt(bytes("x".repeat(900)), 0);
    assert.equal(
      refusal(() => {
        file.writeAt(bytes("x".repeat(101)), 900);
      }),
      "noSpace",
    );
    assert.equal(
      refusal(() => {
        file.writeAt(bytes("x"), 2 ** 52);
      }),
      "noSpace",
    );
    assert.equal(
      refusal(() => {
        file.resize(1e15);
      }),
      "noSpace",
    );
    assert.equal(
      refusal(() => {
        file.resize(1001);
      }),
      "noSpace",
    );
    file.resize(10);
    file.writeAt(bytes("x".repeat(900)), 100);
    assert.equal(file.length, 1000);
    file.close?.();
    files.remove("workspace/a");
    write(files, "workspace/b", "x".repeat(1000));
    assert.equal(
      refusal(() => {
        write(files, "workspace/c", "x");
      }),
      "noSpace",
    );
  });

  it("are so many at most, folders among them", () => {
    const { files } = guest();
    for (let i = 0; i < 20; i++) files.makeFolder(`tmp/${i}`);
    assert.equal(
      refusal(() => {
        files.makeFolder("tmp/more");
      }),
      "noSpace",
    );
    assert.equal(
      refusal(() => files.openToWrite("tmp/more", true)),
      "noSpace",
    );
    files.removeFolder("tmp/0");
    files.makeFolder("tmp/more");
    files.rename("tmp/more", "tmp/other");
  });

  it("move with all that is in their folder, and never into themselves", () => {
    const { files } = guest();
    files.makeFolder("tmp/a");
    files.makeFolder("tmp/a/b");
    write(files, "tmp/a/b/c", "c");
    write(files, "tmp/d", "d");
    const move = (from: string, to: string): string =>
      refusal(() => {
        files.rename(from, to);
      });
    assert.equal(move("tmp/a", "tmp/a/b/e"), "invalid");
    assert.equal(move("tmp/a", "tmp/d"), "notFolder");
    assert.equal(move("tmp/d", "tmp/a"), "isFolder");
    assert.equal(move("tmp/a", "workspace/a"), "");
    assert.equal(textOf(files, "workspace/a/b/c"), "c");
    assert.deepEqual(files.list("tmp"), ["d"]);
    assert.equal(move("tmp/d", "workspace/a/b/c"), "");
    assert.equal(textOf(files, "workspace/a/b/c"), "d");
    assert.equal(
      refusal(() => {
        files.removeFolder("workspace/a");
      }),
      "notEmpty",
    );
  });

  it("swallow what is written to /dev/null", () => {
    const { files } = guest();
    write(files, "dev/null", "x".repeat(5000));
    assert.equal(textOf(files, "dev/null"), "");
  });

  it("leave the served file as it was", () => {
    const { files } = guest();
    const file = files.read("workspace/in/cohort.csv");
    const into = new Uint8Array(4);
    assert.equal(file.readAt(into, 11), 2);
    file.close?.();
    assert.equal(
      readFileSync(join(top, String(count - 1), "cohort.csv"), "utf8"),
      "patient_id\n1\n",
    );
  });
});

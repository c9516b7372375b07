/** What a guest can reach by names, whatever names it uses: the file calls of its host, without Python. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { pathBelow } from "../../engine/wasi/path-calls.ts";
import { bytes, guest, refusal, textOf, write } from "./some-guest.ts";

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
});

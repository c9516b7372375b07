/** What a guest was given: it changes copies, and what was given stays. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { GuestFiles } from "../../engine/guest-python/process/guest-files.ts";
import { bytesOf } from "../../engine/wasi/guest-tree.ts";
import type { GuestFile } from "../../engine/wasi/guest-tree.ts";
import { bytes, guest, refusal, textOf, write } from "./some-guest.ts";

describe("files that a guest was given", () => {
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

  it("leave the served file as it was", () => {
    const { files, served } = guest();
    const file = files.read("workspace/in/cohort.csv");
    const into = new Uint8Array(4);
    assert.equal(file.readAt(into, 11), 2);
    file.close?.();
    assert.equal(readFileSync(served, "utf8"), "patient_id\n1\n");
  });
});

/** Folders that are not as generate_measures left them, and places where an audit must not write. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { dummy } from "../commands/measured-workspace.ts";
import { cohortline, inWorkspace, smallWorkspace } from "../commands/workspace.ts";

const store = mkdtempSync(join(tmpdir(), "cohortline-bad-"));
after(() => {
  rmSync(store, { recursive: true, force: true });
});

const made = inWorkspace(smallWorkspace, async (folder) => {
  await cohortline(folder, dummy(60, "--index-date-range", "2020-01-01"));
  const { code, err } = await cohortline(folder, ["generate_measures"]);
  assert.equal(code, 0, err);
  cpSync(folder, store, { recursive: true });
});

interface Published {
  spec: Record<string, unknown>;
  cohorts: Record<string, unknown>;
}

interface Place {
  /** The measure's file. */
  readonly path: string;
  readonly file: string;
  /** Changes its text. */
  readonly text: (change: (text: string) => string) => void;
  readonly published: (change: (published: Published) => void) => void;
}

/** A measure's file of the folder `output`. */
function placeIn(folder: string): Place {
  const manifest = join(folder, "output/cohortline.manifest.json");
  type Entries = Record<string, { published?: Published }>;
  const { files } = JSON.parse(readFileSync(manifest, "utf8")) as { files: Entries };
  const [file = ""] = Object.keys(files).filter((name) => files[name]?.published !== undefined);
  const path = join(folder, "output", file);
  return {
    ...{ path, file },
    text: (change) => {
      writeFileSync(path, change(readFileSync(path, "utf8")));
    },
    published: (change) => {
      const own = files[file]?.published;
      assert.ok(own !== undefined);
      change(own);
      writeFileSync(manifest, JSON.stringify({ files, manifest: 1 }));
    },
  };
}

type Bad = (place: Place, folder: string) => unknown;

const inPlace =
  (put: (path: string) => unknown): Bad =>
  ({ path }) => {
    rmSync(path);
    put(path);
  };

/** What is done, how it ends, the code of the problem, and what its message says. */
const refused: readonly (readonly [does: Bad, exit: number, code: string, says: RegExp])[] = [
  ...(
    [
      [(text: string) => `\uFEFF${text}`, "a byte order mark"],
      [(text: string) => text.replaceAll("\n", "\r\n"), "other line ends"],
      [(text: string) => text.replaceAll(/[^,\n]+/g, '"$&"'), "quotes"],
      [(text: string) => text.trimEnd(), "no line end behind the last row"],
    ] as const
  ).map(([change, how]): readonly [Bad, number, string, RegExp] => [
    ({ text }) => {
      text(change);
    },
    1,
    "audit-file-altered",
    new RegExp(`its cells are as they were, but another program saved it, with ${how}`),
  ]),
  [
    ({ path }) => {
      writeFileSync(path, Buffer.from("regi\u00f3n", "latin1"));
    },
    1,
    "audit-file-altered",
    /it is not UTF-8 text/,
  ],
  [
    ({ text }) => {
      text(() => "");
    },
    1,
    "audit-file-altered",
    /does not have the columns/,
  ],
  [
    ({ path }) => {
      truncateSync(path, 60);
    },
    1,
    "audit-file-altered",
    /checksum differs/,
  ],
  [
    inPlace((path) => mkdirSync(path, { recursive: true })),
    1,
    "file-is-a-folder",
    /it is a folder/,
  ],
  [inPlace((path) => execFileSync("mkfifo", [path])), 1, "file-not-plain", /a pipe, a socket/],
  [
    inPlace((path) => {
      symlinkSync("/dev/zero", path);
    }),
    1,
    "file-not-plain",
    /a device/,
  ],
  [
    inPlace((path) => {
      symlinkSync(path, path);
    }),
    1,
    "file-is-a-link",
    /a symbolic link/,
  ],
  [
    inPlace((path) => {
      writeFileSync(path, "");
      truncateSync(path, 3 * 2 ** 30);
    }),
    1,
    "file-too-large",
    /larger than 536870912 bytes/,
  ],
  [
    ({ published }) => {
      published(({ spec }) => {
        spec["id"] = "other";
      });
    },
    1,
    "bad-manifest",
    /is of another measure/,
  ],
  [
    ({ published }) => {
      published(({ spec }) => {
        spec["small_number_suppression"] = { threshold: 9 };
      });
    },
    1,
    "bad-manifest",
    /is of another measure/,
  ],
  [
    ({ published }) => {
      published(({ spec }) => {
        spec["small_number_suppression"] = { threshold: 0.5 };
      });
    },
    1,
    "audit-files-older",
    /did not record what an audit needs/,
  ],
  [
    ({ published }) => {
      published(({ cohorts }) => {
        delete cohorts["2020-01-01"];
      });
    },
    1,
    "audit-file-cell",
    /column "date": not a date of which the manifest says whose numbers/,
  ],
  [
    ({ path }) => {
      writeFileSync(`${path.slice(0, -4)}.csv.gz`, "x");
    },
    1,
    "two-files-one-measure",
    /Several files are of one measure/,
  ],
  [() => ["--earlier", "output/"], 2, "usage", /"output" is given twice/],
  [
    (_, folder) => {
      symlinkSync("output", join(folder, "before"));
      return ["--earlier", "before"];
    },
    2,
    "usage",
    /"output" is given twice/,
  ],
  [
    ({ file }) => ["--certificate", `output/${file}`],
    2,
    "usage",
    /the name of a file of cohorts or measures/,
  ],
  [
    () => ["--html", "output/cohortline.manifest.json"],
    2,
    "usage",
    /the name of a file of cohorts or/,
  ],
  [
    () => ["--html", "x", "--certificate", "./x"],
    2,
    "usage",
    /--html and --certificate name one file/,
  ],
  [
    (_, folder) => {
      writeFileSync(join(folder, "known.json"), "[]");
      return ["--known", "known.json", "--repair", "known.json"];
    },
    2,
    "usage",
    /--repair and --known name one file/,
  ],
];

async function audited(does: Bad) {
  await made;
  return inWorkspace({}, async (folder) => {
    cpSync(store, folder, { recursive: true });
    const given = does(placeIn(folder), folder);
    const words = Array.isArray(given) ? (given as string[]) : [];
    return cohortline(folder, ["audit", ...words]);
  });
}

describe("an audit of a folder that is not as generate_measures left it", () => {
  it("is refused with what was done to it, and writes nothing over what is there", async () => {
    for (const [does, exit, code, says] of refused) {
      const ended = await audited(does);
      assert.match(ended.err, says);
      assert.match(ended.err, new RegExp(code === "usage" ? "usage" : `\\[${code}\\]`));
      assert.deepEqual([ended.code, ended.out], [exit, ""], String(says));
    }
  });

  it("reads a file behind a link, since its checksum says what it must be, and an earlier folder inside", async () => {
    for (const does of [
      ({ path }: Place, folder: string) => {
        renameSync(path, join(folder, "elsewhere.csv"));
        symlinkSync("../elsewhere.csv", path);
        return [];
      },
      (_: Place, folder: string) => {
        cpSync(join(folder, "output"), join(folder, "copy"), { recursive: true });
        renameSync(join(folder, "copy"), join(folder, "output/before"));
        return ["--earlier", "output/before"];
      },
    ]) {
      const { err, out } = await audited(does);
      assert.match(out, /^Audited \d+ files/, err);
    }
  });
});

/** A description with two small files, to be changed: two regions of three are hidden, and share 6. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Ended } from "../commands/workspace.ts";

export const date = "2021-03-01";

export const rows = [
  "region,ill,population,value,date",
  `a,,1000,,${date}`,
  `b,,1000,,${date}`,
  `c,777.0,1000,0.777,${date}`,
  "",
].join("\n");

export const total = `ill,population,value,date\n783,3000,${783 / 3000},${date}\n`;

export interface Given {
  [key: string]: unknown;
  readonly releases: [GivenRelease, ...GivenRelease[]];
}

interface GivenRelease {
  [key: string]: unknown;
  readonly measures: [Record<string, unknown>, Record<string, unknown>];
  readonly files: Record<string, string>;
}

export function twoFiles(): Given {
  const measure = (id: string, key: string) => ({
    ...{ id, numerator: "ill", denominator: "population", group_by: [key] },
    small_number_suppression: true,
  });
  return {
    ...{ format: 1, columns: { ill: { kind: "flag" } } },
    releases: [
      {
        ...{ name: "first", study: "s", data: "d" },
        measures: [measure("by_region", "region"), measure("all", "population")],
        files: { "measure_by_region.csv": rows, "measure_all.csv": total },
      },
    ],
  };
}

/** Another program prints what it hides as `rule` says. */
export function ofAnotherProgram(rule: object = { threshold: 5, as: "star" }): Given {
  const given = twoFiles();
  const [{ measures, files }] = given.releases;
  for (const own of measures) {
    delete own["small_number_suppression"];
    own["rule"] = rule;
  }
  files["measure_by_region.csv"] = rows.replaceAll(",,1000,,", ",*,1000,*,");
  return given;
}

export async function auditGiven(given: unknown, ...words: string[]): Promise<Ended> {
  return inWorkspace({}, (folder) => {
    const isText = typeof given === "string" || Buffer.isBuffer(given);
    writeFileSync(join(folder, "given.json"), isText ? given : JSON.stringify(given));
    return cohortline(folder, ["audit", "--description", "given.json", ...words]);
  });
}

/** What a page tells to type, typed. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./pages.ts";
import type { Page } from "./pages.ts";

export interface Walked {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** All blocks of `sh` of the page, one after the other, in a folder that is empty; the first that fails ends it. */
export function typedWalk({ blocks }: Page, folder: string): Walked {
  const walk = blocks.filter(({ language }) => language === "sh").map(({ body }) => body);
  const cohortline = `cohortline() { "${process.execPath}" "${join(root, "dist/cli.js")}" "$@"; }`;
  const script = ["-ec", [cohortline, ...walk].join("\n")];
  return spawnSync("sh", script, {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: "" },
    encoding: "utf8",
  });
}

/** What a terminal shows when the commands of a section are typed in a folder with its files. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { inWorkspace } from "../commands/workspace.ts";
import type { Section } from "../house/markdown.ts";
import { root } from "./pages.ts";

export function sessionsOf({ blocks }: Section): string {
  return blocks
    .filter(({ language }) => language === "console")
    .map(({ body }) => body)
    .join("");
}

export function commandsOf(session: string): readonly string[] {
  return session.split("\n").flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
}

export function acted({ blocks }: Section, commands: readonly string[]): Promise<string> {
  const files = blocks.flatMap(({ file, body }) => (file === null ? [] : [[file, body] as const]));
  return inWorkspace(Object.fromEntries(files), async (folder) => {
    let shown = "";
    for (const command of commands) shown += `$ ${command}\n${await said(folder, command)}`;
    return shown;
  });
}

function said(folder: string, command: string): Promise<string> {
  const cohortline = `cohortline() { "${process.execPath}" "${join(root, "dist/cli.js")}" "$@"; }`;
  const shell = spawn("sh", ["-c", `${cohortline}\n{ ${command}\n} 2>&1`], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  shell.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  return new Promise((resolve) => {
    shell.on("close", () => {
      resolve(text);
    });
  });
}

/** What a person can do with the build: install it, verify it, remove it, see whether it is there. */
import { fileSha256 } from "../../files/file-sha256.ts";
import { removeTree } from "../../files/remove-tree.ts";
import { join } from "node:path";
import { canRun, guestBuild } from "../guest-build.ts";
import { fail } from "../problems.ts";
import { wheelFromIndex, wheelIn } from "./fetch-wheel.ts";
import { installRuntime } from "./install-runtime.ts";
import { installedIn, parts, runtimeFolder, toolsFolder } from "./installed-runtime.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ToolStatus {
  readonly tool: string;
  /** Its package and version. */
  readonly build: string;
  readonly python: string;
  readonly folder: string | null;
  readonly isInstalled: boolean;
  /** To download. */
  readonly megabytes: number;
  readonly leastNode: number;
  readonly canRun: boolean;
}

export function toolStatus(environment: Environment, nodeVersion: string): ToolStatus {
  const { tool, package: name, version, python, wheel, leastNode } = guestBuild;
  const tools = toolsFolder(environment);
  const folder = tools === null ? null : runtimeFolder(tools);
  return {
    ...{ tool, build: `${name} ${version}`, python, folder, leastNode },
    isInstalled: folder !== null && installedIn(folder) !== null,
    megabytes: Math.round(wheel.bytes / 1e6),
    canRun: canRun(nodeVersion),
  };
}

export interface Change {
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** The package, where it is there already. */
  readonly file: string | null;
}

/** Problems: tool-no-folder, and those of what is done. */
export async function changeTool(
  verb: "install" | "verify" | "remove",
  { environment, signal, file }: Change,
): Promise<void> {
  const tools = toolsFolder(environment) ?? fail("tool-no-folder", {});
  const folder = runtimeFolder(tools);
  switch (verb) {
    case "install": {
      if (file === null && (await isWhole(folder))) return;
      const wheel = await (file === null ? wheelFromIndex(environment, signal) : wheelIn(file));
      installRuntime(wheel, tools);
      return;
    }
    case "verify":
      if (installedIn(folder) !== null) await verify(folder);
      return;
    case "remove":
      removeTree(folder);
  }
}

async function isWhole(folder: string): Promise<boolean> {
  if (installedIn(folder) === null) return false;
  const sums = parts.map(
    async ({ file, sha256 }) => (await fileSha256(join(folder, file))) === sha256,
  );
  return (await Promise.all(sums)).every((same) => same);
}

/** Reads every file whole. */
async function verify(folder: string): Promise<void> {
  for (const { file, sha256 } of parts) {
    const path = join(folder, file);
    if ((await fileSha256(path)) !== sha256) fail("tool-changed", { file: path });
  }
}

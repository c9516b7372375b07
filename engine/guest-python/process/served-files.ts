/** What a guest is served: the action's folder as it stands, the build's library, and our own modules. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { guestBuild } from "../guest-build.ts";
import type { GuestRequest } from "../guest-request.ts";
import { zipEntries } from "../install/zip-entries.ts";
import { heldFile, servedFile, sinkFile } from "./file-store.ts";
import type { ServedFile } from "./guest-files.ts";

/** What the guest calls the action's folder, and its folder for what nobody keeps. */
export const WORKSPACE = "workspace";
export const TEMPORARY = "tmp";

export function servedFiles(
  request: Pick<GuestRequest, "runtime" | "packages" | "workspace">,
  started: bigint,
): readonly ServedFile[] {
  const { runtime, packages, workspace } = request;
  const { library, chartData, libraryPath, chartDataPath, packagesPath } = guestBuild;
  const fonts = zipEntries(readFileSync(join(runtime, chartData.file)));
  return [
    { path: libraryPath, stored: servedFile(join(runtime, library.file), started) },
    ...fonts
      .filter(({ name }) => !name.endsWith("/"))
      .map(({ name, bytes }) => ({
        path: `${chartDataPath}/${name}`,
        stored: lazily(bytes, started),
      })),
    ...folderFiles(packages, packagesPath, started),
    ...folderFiles(workspace, WORKSPACE, started),
    { path: "dev/null", stored: sinkFile(started) },
  ];
}

function folderFiles(folder: string, path: string, started: bigint): readonly ServedFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const below = `${path}/${entry.name}`;
    const real = join(folder, entry.name);
    if (entry.isDirectory()) return folderFiles(real, below, started);
    return entry.isFile() ? [{ path: below, stored: servedFile(real, started) }] : [];
  });
}

/** Unpacked when it is first opened: most fonts never are. */
function lazily(bytes: () => Uint8Array, started: bigint): ServedFile["stored"] {
  let held: ServedFile["stored"] | null = null;
  const now = (): ServedFile["stored"] => (held ??= heldFile(bytes(), started));
  return {
    size: () => now().size(),
    modified: () => started,
    open: () => now().open(),
    real: null,
  };
}

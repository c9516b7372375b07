/** Where the start image lies, and how it is read and written. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { errorCode } from "../sandbox/workspace-path.ts";
import { interpreterBuild } from "./interpreter-build.ts";
import type { PackageFiles } from "./package-files.ts";
import { BLOCK_BYTES } from "../wasi/memory-image.ts";
import type { StartImage } from "./start-image.ts";

interface Header extends Pick<StartImage, "pages" | "steps" | "starts"> {
  /** Of what the image was made. */
  readonly key: string;
}

const LENGTH_BYTES = 4;

/** Only what is built has an image: the source runs without one. */
export function imageFile(here = import.meta.url): URL | null {
  return here.endsWith(".ts") ? null : new URL("./python-start.image", here);
}

/**
 * What another interpreter, other packages or another engine would change. The thread's code names all its
 * parts by their content.
 */
export function imageKey(packages: PackageFiles, file: URL): string {
  const hash = createHash("sha256").update(interpreterBuild.sha256);
  hash.update(readFileSync(new URL("./python-worker.js", file)));
  for (const [path, bytes] of packages) hash.update(`\0${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex");
}

/** Null where there is none, not the whole of one, or none of these packages. */
export async function readStartImage(
  packages: PackageFiles,
  file = imageFile(),
): Promise<StartImage | null> {
  const whole = file === null ? null : await bytesOf(file);
  if (file === null || whole === null || whole.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + whole.readUInt32LE(0);
  if (whole.length < end) return null;
  const { key, ...rest } = JSON.parse(whole.toString("utf8", LENGTH_BYTES, end)) as Header;
  const isWhole = whole.length === end + rest.starts.length * BLOCK_BYTES;
  if (!isWhole || key !== imageKey(packages, file)) return null;
  // Shared memory: threads need no copies.
  const blocks = new Uint8Array(new SharedArrayBuffer(whole.length - end));
  blocks.set(whole.subarray(end));
  return { ...rest, blocks };
}

async function bytesOf(file: URL): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

export async function writeStartImage(
  { blocks, ...rest }: StartImage,
  packages: PackageFiles,
  file: URL,
): Promise<void> {
  const header = { key: imageKey(packages, file), ...rest } satisfies Header;
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  await writeFile(file, Buffer.concat([length, text, blocks]));
}

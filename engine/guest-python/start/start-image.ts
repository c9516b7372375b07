/**
 * Images of the guest's memory with libraries loaded, from which actions start: `import pandas` takes
 * seconds otherwise. No action has run in them. They are made on this machine from the build that was
 * installed, once for each version of our own modules, beside it.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeOwnedFolder, sweepOwnedFolders } from "../../files/owned-folder.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import { removeTree } from "../../files/remove-tree.ts";
import { guestBuild } from "../guest-build.ts";
import type { GuestStart } from "../guest-request.ts";
import { stampOf } from "../install/installed-runtime.ts";
import { PAGE_BYTES } from "../../wasi/web-assembly.ts";
import { layerFiles, PROGRAM } from "./image-request.ts";
import type { ImageRequest } from "./image-request.ts";

export interface StartImage {
  /** The build's program; a layer fills its memory. */
  readonly program: string;
  readonly layers: readonly Layer[];
}

interface Layer {
  readonly file: string;
  /** Of memory, once it is restored. */
  readonly bytes: number;
}

/** What was made; written last. */
interface Made {
  readonly sums: Readonly<Record<string, string>>;
  /** How each file lay on the disk then. */
  readonly stamps: Readonly<Record<string, string>>;
  readonly pages: readonly number[];
}

const MADE = "made.json";

export interface ImagePlace {
  /** Where the build is installed, and was found whole. */
  readonly runtime: string;
  readonly packages: string;
  /** The program that is to run it, with its options. */
  readonly node: readonly [program: string, ...options: string[]];
  /** Absolute path of the code that makes one. */
  readonly maker: string;
}

/** Made where there is none, which takes a quarter of a minute. Null where it cannot be kept: actions start without. */
export async function startImage(place: ImagePlace): Promise<StartImage | null> {
  const folder = join(place.runtime, `start-${keyOf(place)}`);
  const found = await imageIn(folder);
  if (found !== null) return found;
  try {
    await make(place, folder);
  } catch {
    return null;
  }
  return await imageIn(folder);
}

/** Other modules of ours, another build and other code make another image. */
function keyOf({ packages, maker }: ImagePlace): string {
  const hash = createHash("sha256").update(guestBuild.program.sha256);
  hash.update(guestBuild.library.sha256).update(readFileSync(maker));
  const names = readdirSync(packages, { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(".py")).sort()) {
    const bytes = readFileSync(join(packages, name));
    hash.update(`\0${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Null where there is none, or where it is not as it was made. */
async function imageIn(folder: string): Promise<StartImage | null> {
  const made = madeIn(folder);
  if (made === null) return null;
  for (const [file, stamp] of Object.entries(made.stamps)) {
    const path = join(folder, file);
    const found = stampOf(path);
    if (found === stamp) continue;
    if (found === null || (await fileSha256(path)) !== made.sums[file]) return null;
  }
  return {
    program: join(folder, PROGRAM),
    layers: layerFiles.map((file, at) => ({
      file: join(folder, file),
      bytes: (made.pages[at] ?? 0) * PAGE_BYTES,
    })),
  };
}

function madeIn(folder: string): Made | null {
  try {
    return JSON.parse(readFileSync(join(folder, MADE), "utf8")) as Made;
  } catch {
    return null;
  }
}

async function make({ runtime, packages, node, maker }: ImagePlace, to: string): Promise<void> {
  sweepOwnedFolders(runtime);
  const own = makeOwnedFolder(runtime);
  try {
    const image = join(own.path, basename(to));
    for (const folder of [image, join(own.path, "scratch"), join(own.path, "workspace")])
      mkdirSync(folder);
    const request: ImageRequest = { runtime, packages, folder: own.path, image };
    const file = join(own.path, "request.json");
    writeFileSync(file, JSON.stringify(request));
    const [program, ...options] = node;
    const pages = await said(program, [...options, maker, file]);
    const names = [PROGRAM, ...layerFiles];
    const sums = names.map(async (name) => [name, await fileSha256(join(image, name))] as const);
    const stamps = names.map((name) => [name, stampOf(join(image, name)) ?? ""] as const);
    const made: Made = {
      sums: Object.fromEntries(await Promise.all(sums)),
      stamps: Object.fromEntries(stamps),
      pages: JSON.parse(pages) as readonly number[],
    };
    writeFileSync(join(image, MADE), JSON.stringify(made));
    // Another run may have made it meanwhile, and start actions from it.
    if ((await imageIn(to)) !== null) return;
    removeTree(to);
    renameSync(image, to);
    forgetOld(runtime, to);
  } finally {
    own.remove();
  }
}

/** Other versions of ours may still start from theirs. */
const KEPT_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;

function forgetOld(runtime: string, newest: string): void {
  const now = statSync(newest).mtimeMs;
  for (const name of readdirSync(runtime).filter((each) => each.startsWith("start-"))) {
    const path = join(runtime, name);
    if (now - statSync(path).mtimeMs > KEPT_MILLISECONDS) removeTree(path);
  }
}

/** What the program prints; rejected where it fails. */
function said(program: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env: {}, stdio: ["ignore", "pipe", "ignore"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(parts).toString());
      else reject(new Error(`no start image: the program ended with ${code}`));
    });
  });
}

/** As many layers as are wanted and fit into that memory; null where not even the first does. */
export function guestStart(
  { program, layers }: StartImage,
  { count, megabytes }: { readonly count: number; readonly megabytes: number },
): GuestStart | null {
  const fitting = layers.slice(0, count).filter(({ bytes }) => bytes <= megabytes * 1_048_576);
  return fitting.length === 0 ? null : { program, layers: fitting.map(({ file }) => file) };
}

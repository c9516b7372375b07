/** What esbuild complains about, in the author's words. */
import type { Message } from "esbuild";
import { esbuildLibrary } from "./esbuild.ts";
import { nearestNames } from "../base/nearest.ts";
import { ProblemError } from "../base/problems.ts";
import { problem } from "./problems.ts";
import type { Place, Problem } from "../base/problems.ts";
import type { GuestLibrary } from "./guest-library.ts";
import { STUDY } from "./study-modules.ts";
import { stripControlCharacters } from "./strip-control-characters.ts";

const UNKNOWN_NAME = /^No matching export in "(.+)" for import "(.+)"$/s;
const WAITS = /top-level await/i;

/** One problem for each complaint. Throws if a complaint is not about the author's files: a bug. */
export async function bundleProblems(
  messages: readonly Message[],
  library: GuestLibrary,
): Promise<Problem[]> {
  const all: Problem[] = [];
  for (const message of messages) all.push(...(await messageProblems(message, library)));
  return all;
}

async function messageProblems(
  message: Message,
  library: GuestLibrary,
): Promise<readonly Problem[]> {
  const detail: unknown = message.detail;
  const place = placeOf(message);
  if (detail instanceof ProblemError) {
    return detail.problems.map((each) => (place === undefined ? each : { ...each, place }));
  }
  if (detail instanceof Error) throw detail;
  if (place === undefined) throw new Error(`esbuild: ${message.text}`);
  if (WAITS.test(message.text)) return [problem("study-waits", {}, place)];
  const unknown = UNKNOWN_NAME.exec(message.text);
  if (unknown !== null) {
    const [, origin = "", name = ""] = unknown;
    return [await unknownName(origin, name, { library, place })];
  }
  const line = stripControlCharacters(message.location?.lineText ?? "", 160);
  return [
    problem("study-syntax-error", { complaint: stripControlCharacters(message.text), line }, place),
  ];
}

interface Context {
  readonly library: GuestLibrary;
  readonly place: Place;
}

async function unknownName(origin: string, name: string, context: Context): Promise<Problem> {
  const file = workspacePath(origin);
  const nearest = file === null ? nearestNames(name, await exportsOf(context.library)) : [];
  const facts = { name: stripControlCharacters(name, 80), origin: file ?? "cohortline", nearest };
  return problem("study-import-unknown-name", facts, context.place);
}

/** A second look at the library, paid for only when a name was misspelt. */
async function exportsOf({ index }: GuestLibrary): Promise<readonly string[]> {
  const { build } = esbuildLibrary();
  const { metafile } = await build({
    entryPoints: [index],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    logLevel: "silent",
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}

const REPEATED = /^Duplicate key "(.*)" in /s;

/** Of two columns with one name JavaScript keeps the last without a word; so of any two keys. */
export function repeatedKeys(warnings: readonly Message[]): readonly Problem[] {
  return warnings.flatMap((warning) => {
    const place = placeOf(warning);
    if (warning.id !== "duplicate-object-key" || place === undefined) return [];
    const key = stripControlCharacters(REPEATED.exec(warning.text)?.[1] ?? "", 80);
    const first = warning.notes[0]?.location?.line ?? null;
    return [problem("study-key-repeated", { key, first }, place)];
  });
}

function placeOf({ location }: Pick<Message, "location">): Place | undefined {
  const file = location === null ? null : workspacePath(location.file);
  if (location === null || file === null) return undefined;
  // esbuild counts bytes from 0.
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString();
  return { file, line: location.line, column: before.length + 1 };
}

/** The author's path of a name that esbuild or a source map uses; null for the library's own files. */
export function workspacePath(name: string): string | null {
  return name.startsWith(`${STUDY}:`) ? name.slice(STUDY.length + 1) : null;
}

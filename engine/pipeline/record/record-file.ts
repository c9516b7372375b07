/** The files in which the engine keeps what it knows of runs: written with a seal, read field by field. */
import { basename, relative, sep } from "node:path";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { readOwnFile } from "../../files/own-folder.ts";
import { writeOwnJson } from "../../files/json-file.ts";
import { WrongField } from "./read-fields.ts";
import type { Read } from "./read-fields.ts";
import type { Seals } from "../trust/seals.ts";

/** A study's folder, and how its records are known. */
export interface RecordFolder {
  readonly folder: string;
  readonly seals: Seals;
}

export interface RecordKind<T> {
  /** The field that holds the version of its form. */
  readonly version: string;
  readonly read: Read<T>;
  /** What else must hold, given the name of its file without `.json`. */
  readonly check?: (record: T, name: string) => void;
}

export type Held<T> =
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly problem: Problem }
  | {
      readonly kind: "read";
      readonly record: T;
      /** From the study's folder. */
      readonly file: string;
      /** Written here by the engine for this user, or believed because the user said so. */
      readonly isOurs: boolean;
    };

const VERSION = 1;

/** Whole or not at all. */
export async function writeRecord(
  { folder, seals }: RecordFolder,
  path: string,
  record: object,
): Promise<void> {
  const content = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
  const seal = seals.sealFor(fileOf(folder, path), content);
  await writeOwnJson(folder, path, { ...content, seal });
}

/** Problems: those of `readOwnFile` for what is no file of ours at all, such as a link. */
export function readRecord<T>(
  { folder, seals }: RecordFolder,
  path: string,
  { version, read, check }: RecordKind<T>,
): Held<T> {
  const bytes = readOwnFile(folder, path);
  if (bytes === null) return { kind: "absent" };
  const file = fileOf(folder, path);
  const unreadable = (reason: string): Held<T> => ({
    kind: "unreadable",
    problem: problem("record-unreadable", { file, reason }),
  });
  try {
    const held = parsed(bytes);
    if (held === null) return unreadable("it is no JSON object, or was cut off");
    const { seal, ...content } = held;
    if (isNewer(content[version])) return unreadable("a newer version of cohortline wrote it");
    if (content[version] !== VERSION) throw new WrongField(version, String(VERSION));
    const record = read(content, "");
    check?.(record, basename(path, ".json"));
    return { kind: "read", record, file, isOurs: seals.isOurs(file, content, seal) };
  } catch (error) {
    if (error instanceof WrongField) {
      return unreadable(`its field ${error.field} is not ${error.expected}`);
    }
    // Lists in lists without end.
    if (error instanceof RangeError) return unreadable("it is nested too deep");
    throw error;
  }
}

function fileOf(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

function isNewer(version: unknown): boolean {
  return typeof version === "number" && version > VERSION;
}

function parsed(bytes: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const held = JSON.parse(bytes.toString("utf8")) as unknown;
    const usable = typeof held === "object" && held !== null && !Array.isArray(held);
    return usable ? (held as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

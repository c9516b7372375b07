/** What a study read, and what it wants written: the only files its meaning depends on or changes. */
import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { posix } from "node:path";
import { makerAmong } from "../base/path-pattern.ts";
import type { MadeFiles } from "../base/path-pattern.ts";
import { ProblemError } from "../base/problems.ts";
import { fail } from "./problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import { unpacked } from "./packed-text.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";
import { readWorkspaceFile, spend } from "./workspace-file.ts";
import type { FileBudget } from "./workspace-file.ts";
import { findPlace, normalisePath } from "./workspace-path.ts";
import type { Workspace } from "./workspace-path.ts";

export interface FileRead {
  readonly path: string;
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
}

export interface FileWrite {
  readonly path: string;
  readonly text: string;
}

/** Whether the running action declares the file ("write"), another does ("ignore"), or none does. */
export type CanWrite = (path: string) => "write" | "ignore" | "refuse";

/** What the sandbox is reported the files around a study. */
export interface FilePolicy {
  readonly canWrite: CanWrite;
  readonly made?: readonly MadeFiles[];
}

export interface StudyFiles {
  readonly workspace: Workspace;
  readonly canWrite: CanWrite;
  readonly made: readonly MadeFiles[];
  readonly sources: FileBudget;
  readonly reads: FileBudget;
  readonly writes: FileBudget;
  readonly sha256ByPath: Map<string, string>;
  readonly textByOutput: Map<string, string>;
  /** Every text that the study wrote, declared or not: it reads its own. */
  readonly ownTexts: Map<string, string>;
  /** Written files that it read afterwards, or that were there before. */
  readonly ownFiles: Set<string>;
}

/** An empty record for one run. */
export function studyFiles(
  workspace: Workspace,
  { canWrite, made = [] }: FilePolicy,
  limits: SandboxLimits,
): StudyFiles {
  const { sourceMegabytes, fileMegabytes } = limits;
  return {
    workspace,
    canWrite,
    made,
    sources: { what: "source files", megabytes: sourceMegabytes, spentBytes: 0 },
    reads: { what: "codelists and other files", megabytes: fileMegabytes, spentBytes: 0 },
    writes: { what: "written files", megabytes: fileMegabytes, spentBytes: 0 },
    sha256ByPath: new Map(),
    textByOutput: new Map(),
    ownTexts: new Map(),
    ownFiles: new Set(),
  };
}

/**
 * Text of a file, without a byte order mark; what the study has written itself is what it last wrote.
 * Problems: those of reading; bytes that are not UTF-8.
 */
export function readText(files: StudyFiles, path: string, budget = files.reads): string {
  const own = files.ownTexts.get(normalisePath(path));
  if (own !== undefined) {
    files.ownFiles.add(normalisePath(path));
    return own.replace(/^\uFEFF/, "");
  }
  return decodedText(readFile(files, path, budget).content, path);
}

/**
 * Of a file of the workspace, which is text in some encoding, as it is on the disk: packed, where it is a
 * `.gz`. Problems: those of reading; it is no text.
 */
export function readBytes(files: StudyFiles, path: string, budget = files.reads): Uint8Array {
  return readFile(files, path, budget).bytes;
}

interface ReadFile {
  readonly bytes: Uint8Array;
  /** What is packed in them, or they themselves. */
  readonly content: Uint8Array;
}

function readFile(files: StudyFiles, path: string, budget: FileBudget): ReadFile {
  refuseUnmade(files, path);
  const { path: real, bytes } = readWorkspaceFile(files.workspace, path, budget);
  files.sha256ByPath.set(real, createHash("sha256").update(bytes).digest("hex"));
  const content = unpacked(bytes, real, budget);
  // UTF-16 is full of zero bytes, and no text has one; the interpreter would cut the text there.
  if (content.includes(0)) fail("study-file-not-text", { path });
  if (hasPatients(content)) fail("study-path-patient-data", { path });
  return { bytes, content };
}

function refuseUnmade({ workspace, made }: StudyFiles, path: string): void {
  if (made.length === 0 || findPlace(workspace, path) !== null) return;
  const action = makerAmong(made, normalisePath(path));
  if (action !== null) fail("study-path-not-made", { path, action });
}

const MOST_HEADER_BYTES = 65_536;

/** A table of patients, by the first of its columns that every cohort file has, whoever wrote it. */
function hasPatients(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, MOST_HEADER_BYTES)).toString("utf8");
  const [header = ""] = start.replace(/^\uFEFF/, "").split(/[\r\n]/, 1);
  const names = header.split(/[,;\t|]/).map((name) => name.trim().replace(/^["']|["']$/g, ""));
  return names.some((name) => name.toLowerCase() === "patient_id");
}

/** Without a byte order mark. Problem: bytes that are not UTF-8. */
function decodedText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail("study-file-not-text", { path });
  }
}

/** What `readText` gave for the path, however much was read meanwhile; null where it fails now. */
export function textAgain(files: StudyFiles, path: string): string | null {
  try {
    return readText(files, path, { ...files.reads, spentBytes: 0 });
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/**
 * Keeps the text until the study has proved valid and says true; says false and keeps it for the
 * study's own reading alone when another action declares the file. The last text for a path wins. Problems: nobody declares it, it
 * is outside the workspace or hidden, too much is written.
 */
export function writeText(files: StudyFiles, path: string, text: string): boolean {
  const output = checkOutput(files, path);
  const answer = files.canWrite(output);
  if (answer === "refuse") fail("study-output-not-declared", { path: output });
  spend(files.writes, path, Buffer.byteLength(text) - sizeOf(files, output));
  if (findPlace(files.workspace, output) !== null) files.ownFiles.add(output);
  files.ownTexts.set(output, text);
  if (answer === "ignore") return false;
  files.textByOutput.set(output, text);
  return true;
}

/** The path in its shortest form. Problems: it is outside the workspace, hidden, or a link. */
export function checkOutput({ workspace }: StudyFiles, path: string): string {
  const output = normalisePath(path);
  refuseLinkedOut(workspace, output);
  return output;
}

/** In order of path. */
export function filesRead({ sha256ByPath }: StudyFiles): FileRead[] {
  return [...sha256ByPath]
    .map(([path, sha256]) => ({ path, sha256 }))
    .sort((a, b) => byCodePoint(a.path, b.path));
}

/** In the order in which the study first wrote them. */
export function filesWritten({ textByOutput }: StudyFiles): FileWrite[] {
  return [...textByOutput].map(([path, text]) => ({ path, text }));
}

function sizeOf({ ownTexts }: StudyFiles, output: string): number {
  return Buffer.byteLength(ownTexts.get(output) ?? "");
}

/** The nearest folder that exists must be inside, and the output must not itself be a link. */
function refuseLinkedOut(workspace: Workspace, output: string): void {
  for (let path = output; ; path = posix.dirname(path)) {
    if (findPlace(workspace, path) !== null) return;
    if (isLink(workspace, path)) fail("study-path-outside-workspace", { path: output });
  }
}

/** A link that leads nowhere yet would be followed once its target exists. */
function isLink({ root }: Workspace, path: string): boolean {
  return lstatSync(posix.join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

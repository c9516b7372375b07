/** The project's pages, as tests read them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { blocksOf, sectionsOf } from "../house/markdown.ts";
import type { CodeBlock, Section } from "../house/markdown.ts";

export const root = join(import.meta.dirname, "../..");

export interface Page {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly sections: readonly Section[];
  readonly blocks: readonly CodeBlock[];
}

/** Every page but the change log, which speaks of what was. */
export function allPages(): readonly Page[] {
  const below = ["engine", "study-definitions", "fixtures", "bench"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md") && !/node_modules|output|metadata/.test(path))
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
  );
  return ["README.md", "SECURITY.md", "CONTRIBUTING.md", ...below.sort()].map(page);
}

export function page(path: string): Page {
  const text = readFileSync(join(root, path), "utf8");
  return { path, text, sections: sectionsOf(text), blocks: blocksOf(text) };
}

export function sectionNamed({ path, sections }: Page, heading: string): Section {
  const section = sections.find((each) => each.heading === heading);
  if (section === undefined) throw new Error(`no section ${heading} in ${path}`);
  return section;
}

/** As links name a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

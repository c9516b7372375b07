/** The parts of our Markdown pages that tests look at: sections, code blocks, tables. */

export interface Section {
  /** Without the `#`s and quotes: `generate_cohort`. */
  readonly heading: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
}

export interface CodeBlock {
  readonly language: string;
  /** From the first comment line, `// analysis/study_definition.ts`; null where there is none. */
  readonly file: string | null;
  /** Without that line. */
  readonly body: string;
}

const BLOCK = /^```(\w+)\n(?:(?:\/\/|#) (\S+\.\w+)\n)?([\s\S]*?)^```$/gm;

/** A page's sections of any level; each ends where the next begins. */
export function sectionsOf(page: string): readonly Section[] {
  return withoutBlocks(page)
    .split(/^#{1,6} /m)
    .slice(1)
    .map((part) => {
      const text = restored(part, page);
      const heading = (text.split("\n")[0] ?? "").replaceAll("`", "");
      return { heading, text, blocks: blocksOf(text) };
    });
}

export function blocksOf(text: string): readonly CodeBlock[] {
  return [...text.matchAll(BLOCK)].map(([, language = "", file, body = ""]) => ({
    language,
    file: file ?? null,
    body,
  }));
}

/** Rows of every table in a text, cells trimmed, without headings. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  const isRule = (line: string | undefined): boolean => /^\|[ :|-]+\|$/.test(line ?? "");
  return lines
    .filter((line, i) => !isRule(line) && !isRule(lines[i + 1]))
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

/** Comments in code begin with `#` too, so blocks step aside while headings are sought. */
function withoutBlocks(page: string): string {
  let seen = 0;
  return page.replace(BLOCK, () => `\0${seen++}\0`);
}

function restored(part: string, page: string): string {
  const blocks = page.match(BLOCK) ?? [];
  return part.replace(/\0(\d+)\0/g, (_mark, index: string) => blocks[Number(index)] ?? "");
}

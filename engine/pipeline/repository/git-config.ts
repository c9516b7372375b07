/** Settings of git, read as text. What they include is not followed, and what they would run is not run. */
import { readPlainFile } from "./plain-file.ts";

export interface ConfigValue {
  /** In small letters. */
  readonly section: string;
  readonly subsection: string;
  /** In small letters. */
  readonly key: string;
  readonly value: string;
}

const MOST_BYTES = 1024 * 1024;

/** In order; nothing where there is no such file. */
export function readConfig(file: string): readonly ConfigValue[] {
  const text = readPlainFile(file, MOST_BYTES)?.toString("utf8") ?? "";
  return configValues(text);
}

/** Of a section without subsection; the last one counts. Null where there is none. */
export function configValue(
  config: readonly ConfigValue[],
  section: string,
  key: string,
): string | null {
  return configList(config, section, key).at(-1) ?? null;
}

export function configList(
  config: readonly ConfigValue[],
  section: string,
  key: string,
): readonly string[] {
  return config
    .filter((each) => each.section === section && each.subsection === "" && each.key === key)
    .map(({ value }) => value);
}

const SECTION = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/;
const SETTING = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/s;

export function configValues(text: string): readonly ConfigValue[] {
  const values: ConfigValue[] = [];
  let [section, subsection] = ["", ""];
  // A backslash at the end of a line goes on with the next.
  for (const whole of text
    .replace(/^\uFEFF/, "")
    .replace(/\\\r?\n/g, "")
    .split(/\r?\n/)) {
    const head = SECTION.exec(whole);
    if (head !== null) {
      section = (head[1] ?? "").toLowerCase();
      subsection = (head[2] ?? "").replace(/\\(.)/g, "$1");
    }
    const [, key, raw = ""] = SETTING.exec(whole.slice(head?.[0].length ?? 0)) ?? [];
    if (key !== undefined) {
      values.push({ section, subsection, key: key.toLowerCase(), value: plainValue(raw) });
    }
  }
  return values;
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };

/** Without quotes, and without a comment behind it. */
function plainValue(raw: string): string {
  let value = "";
  /** How long it is without blanks at its end. */
  let length = 0;
  let isQuoted = false;
  for (let i = 0; i < raw.length; i++) {
    const letter = raw.charAt(i);
    if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (letter === "#" || letter === ";")) break;
    else if (letter === "\\") {
      i += 1;
      value += ESCAPED[raw.charAt(i)] ?? raw.charAt(i);
    } else value += letter;
    if (isQuoted || !/\s/.test(letter)) length = value.length;
  }
  return value.slice(0, length);
}

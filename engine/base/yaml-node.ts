/** What YAML says, with the place of every part. */

/** Both from 1. */
export interface YamlMark {
  readonly line: number;
  readonly column: number;
}

export type YamlNode =
  | { readonly kind: "map"; readonly at: YamlMark; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "list"; readonly at: YamlMark; readonly items: readonly YamlNode[] }
  | {
      readonly kind: "scalar";
      readonly at: YamlMark;
      readonly value: YamlScalar;
      /** As it is written, without quotes: `1.0` where the value is 1. */
      readonly text: string;
    };

export type YamlScalar = string | number | boolean | null;

export interface YamlEntry {
  /** As it is written, without quotes. */
  readonly key: string;
  readonly at: YamlMark;
  readonly value: YamlNode;
}

/** What makes a text unfit; `detail` is the parser's sentence, or the name concerned. */
export interface YamlFault {
  readonly kind: "syntax" | "tab" | "repeated-key" | "alias" | "tag" | "documents";
  readonly at: YamlMark;
  readonly detail: string;
}

/** YAML as data. Only the yaml files of this room use the yaml package. */
import { parse, stringify } from "yaml";

/** Block style, keys in the order given, long text not folded. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Plain data, or null when the text is not YAML. Aliases are limited against expansion bombs. */
export function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: "error" });
  } catch {
    return null;
  }
}

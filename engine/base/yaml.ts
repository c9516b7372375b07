/** YAML as data. Only the yaml files of this room use the yaml package. */
import { stringify } from "yaml";

/** Block style, keys in the order given, long text not folded. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

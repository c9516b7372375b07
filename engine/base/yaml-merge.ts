import type { YamlEntry, YamlFault, YamlNode } from "./yaml-node.ts";

/**
 * The keys that `<<: *other` brings, each in the place of the `<<`, and after them the map's own. A key
 * of the map itself wins, and of several maps the first. Fault: what is merged is no map.
 */
export function mergedEntries(
  entries: readonly YamlEntry[],
  faults: YamlFault[],
): readonly YamlEntry[] {
  const own = entries.filter(({ key }) => key !== "<<");
  const taken = new Set(own.map(({ key }) => key));
  const brought: YamlEntry[] = [];
  for (const { value } of entries.filter(({ key }) => key === "<<")) {
    for (const entry of sourcesOf(value, faults).flatMap((source) => source.entries)) {
      if (!taken.has(entry.key)) brought.push(entry);
      taken.add(entry.key);
    }
  }
  return [...brought, ...own];
}

type YamlMap = Extract<YamlNode, { kind: "map" }>;

function sourcesOf(value: YamlNode, faults: YamlFault[]): readonly YamlMap[] {
  const sources = value.kind === "list" ? value.items : [value];
  return sources.flatMap((source) => {
    if (source.kind === "map") return [source];
    faults.push({ kind: "syntax", at: source.at, detail: "<< brings in the keys of a map" });
    return [];
  });
}

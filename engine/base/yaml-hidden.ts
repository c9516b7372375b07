/** Characters that cannot be seen, in YAML that has been read. */
import { DECEPTIVE } from "./visible-text.ts";
import type { YamlMark, YamlNode } from "./yaml-node.ts";

/** Where the first stands; escapes such as "\\e" bring them in. */
export function hiddenPlace(root: YamlNode): YamlMark | null {
  return placeIn(root, new Set());
}

function placeIn(node: YamlNode, seen: Set<YamlNode>): YamlMark | null {
  if (seen.has(node)) return null;
  seen.add(node);
  if (node.kind === "scalar") return DECEPTIVE.test(node.text) ? node.at : null;
  if (node.kind === "list") return firstOf(node.items, (item) => placeIn(item, seen));
  return firstOf(node.entries, ({ key, at, value }) =>
    DECEPTIVE.test(key) ? at : placeIn(value, seen),
  );
}

function firstOf<T>(parts: readonly T[], find: (part: T) => YamlMark | null): YamlMark | null {
  for (const part of parts) {
    const found = find(part);
    if (found !== null) return found;
  }
  return null;
}

/** The needs of an action in the order in which they are made. */
import type { Action, Need, Project } from "../project/project.ts";

/**
 * What needs another comes after it: of two that made a file of one path the later changed what the earlier made.
 * Otherwise as project.yaml has them.
 */
export function needsInOrder(
  { needs }: Pick<Action, "needs">,
  { actions }: Pick<Project, "actions">,
): readonly Need[] {
  if (needs.length < 2) return needs;
  const known = new Map(actions.map((action) => [action.name, action]));
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const found = depths.get(name);
    if (found !== undefined) return found;
    // Whoever needs itself is a problem of project.yaml, and ends here.
    depths.set(name, 0);
    const below = known.get(name)?.needs.map((need) => depthOf(need.name)) ?? [];
    const depth = below.reduce((most, each) => Math.max(most, each + 1), 0);
    depths.set(name, depth);
    return depth;
  };
  return [...needs].sort((a, b) => depthOf(a.name) - depthOf(b.name));
}

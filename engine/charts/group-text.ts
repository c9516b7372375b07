/** A missing group has no text of its own. */
export function textOfGroup(label: string): string {
  return label.trim() === "" ? "(missing)" : label;
}

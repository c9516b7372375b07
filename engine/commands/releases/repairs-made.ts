/** What repairs have left out of files, for people who check them: it is no secret, and no number is in it. */
import type { ReadFile } from "./read-release.ts";

/** Empty where nothing was repaired. Rounding stands with the rules. */
export function repairsMade(files: readonly ReadFile[]): string {
  return files
    .flatMap(({ file, published: { spec } }) => {
      const { withheld = [], dropped = [], merged = [] } = spec;
      const parts = [
        ...(withheld.length === 0 ? [] : [`${withheld.length} withheld`]),
        ...(dropped === "all" || dropped.length === 0 ? [] : [`no rows of ${dropped.join(", ")}`]),
        ...merged.map(({ column, labels, into }) => `${column} ${into} is ${labels.join(" and ")}`),
      ];
      return parts.length === 0 ? [] : [`${file}: ${parts.join("; ")}`];
    })
    .join(". ");
}

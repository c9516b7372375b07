/** Formats as the command line names them. */
import { nearestNames } from "../base/nearest.ts";
import { fail } from "./problems.ts";

/** Problem: usage, with the nearest of the formats. */
export function knownFormat<Format extends string>(
  text: string,
  formats: readonly Format[],
): Format {
  const format = formats.find((known) => known === text);
  if (format !== undefined) return format;
  const [nearest] = nearestNames(text, formats);
  return fail("usage", {
    sentence: `--output-format '${text}' is not known`,
    wayOut: `${nearest === undefined ? "" : `Nearest: ${nearest}. `}Known: ${formats.join(", ")}.`,
  });
}

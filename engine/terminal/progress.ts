/** Progress of everything that is under way, in the screen's status line. */
import type { Progress, Reporter } from "../commands/context.ts";
import { progressText, severalText } from "./progress-text.ts";
import type { WorkDone } from "./progress-text.ts";
import type { Screen } from "./screen.ts";

/** A person cannot read faster, and a terminal far away cannot draw faster. */
const EVERY_MS = 100;

/** Null where nobody watches. */
export function progressOn(
  { showStatus, columns }: Pick<Screen, "showStatus" | "columns">,
  now: () => number = () => performance.now(),
): Reporter["progress"] | null {
  if (showStatus === null) return null;
  const works = new Map<object, WorkDone>();
  let shownAt = -Infinity;
  const show = (isDue: boolean): void => {
    if (!isDue && now() - shownAt < EVERY_MS) return;
    shownAt = now();
    const all = [...works.values()];
    const [only] = all;
    if (only === undefined) showStatus("");
    else showStatus(all.length === 1 ? progressText(only, columns()) : severalText(all, columns()));
  };
  return ({ label, unit, total }): Progress => {
    const key = {};
    const began = now();
    let [done, rows] = [0, 0];
    const set = (isDue: boolean): void => {
      works.set(key, { label, unit, total, done, rows, seconds: (now() - began) / 1000 });
      show(isDue);
    };
    set(true);
    return {
      advance: (units, rowsMore = units) => {
        done += units;
        rows += rowsMore;
        set(false);
      },
      end: () => {
        works.delete(key);
        show(true);
      },
    };
  };
}

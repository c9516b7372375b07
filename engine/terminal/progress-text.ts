/** How far a piece of work is, in one line that is never wider than the terminal. */
import { durationText, groupedDigits } from "../base/shown-numbers.ts";

export interface WorkDone {
  readonly label: string;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** 0 where it is not known. */
  readonly total: number;
  readonly done: number;
  /** Rows in what is done; the same as `done` where rows are counted. */
  readonly rows: number;
  readonly seconds: number;
}

const BAR = 20;

/** What matters most comes first: parts that do not fit are left out from the end. What is not known is not said. */
export function progressText(work: WorkDone, columns: number): string {
  const { label, unit, total, done } = work;
  const counted =
    total > 0
      ? `${groupedDigits(done)}/${groupedDigits(total)} ${unit}`
      : `${groupedDigits(done)} ${unit}`;
  const parts = [counted, ...left(work), ...speed(work)];
  // The last column stays free: some terminals begin a new line when it is filled.
  const room = columns - 1;
  let text = shortened(label, Math.max(8, room - counted.length - 1));
  text = withPart(text, parts.shift() ?? "", " ", room);
  for (const part of parts) text = withPart(text, part, ", ", room);
  const bar = total > 0 ? barOf(done / total) : "";
  const barred = bar === "" ? text : text.replace(counted, `${bar} ${counted}`);
  return shortened(barred.length <= room ? barred : text, room);
}

/** Several at once: only how far each is. */
export function severalText(works: readonly WorkDone[], columns: number): string {
  const each = works.map((work) =>
    work.total > 0
      ? `${work.label} ${Math.floor((100 * work.done) / work.total)}%`
      : `${work.label} ${groupedDigits(work.done)} ${work.unit}`,
  );
  return shortened(each.join(", "), columns - 1);
}

function withPart(text: string, part: string, between: string, room: number): string {
  const longer = `${text}${between}${part}`;
  return longer.length <= room ? longer : text;
}

function left({ total, done, seconds }: WorkDone): readonly string[] {
  if (total === 0 || done === 0 || done >= total) return [];
  return [`${durationText((seconds / done) * (total - done))} left`];
}

function speed({ unit, rows, seconds }: WorkDone): readonly string[] {
  if (rows === 0 || seconds < 0.5) return [];
  const what = unit === "files" ? "rows" : unit;
  return [`${groupedDigits(Math.round(rows / seconds))} ${what} a second`];
}

function barOf(share: number): string {
  const full = Math.min(BAR, Math.floor(BAR * share));
  return `${"█".repeat(full)}${"░".repeat(BAR - full)}`;
}

function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most
    ? text
    : `${characters.slice(0, Math.max(0, most - 1)).join("")}…`;
}

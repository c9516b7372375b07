/** Expressions that give days and times. */
import { all, at, DAY, TEXT, TIME } from "./form.ts";
import type { Forms } from "./form.ts";

export const formsOfDays = {
  day_in_text: {
    takes: 1,
    keys: { layout: "layout" },
    gives: DAY,
    part: all(TEXT),
    make: (parts, { layout = "iso" }) => ({ kind: "day-in-text", of: at(parts, 0), layout }),
  },
  day_of: {
    takes: 1,
    keys: {},
    gives: DAY,
    part: all(["datetime"]),
    make: (parts) => ({ kind: "day-of", of: at(parts, 0) }),
  },
  day_from: {
    takes: 3,
    keys: {},
    gives: DAY,
    part: all(["int"]),
    make: (parts) => ({
      kind: "day-from",
      year: at(parts, 0),
      month: at(parts, 1),
      day: at(parts, 2),
    }),
  },
  days_later: {
    takes: 1,
    keys: { days: "days" },
    gives: DAY,
    part: all(DAY),
    make: (parts, { count = 0 }) => ({ kind: "days-later", of: at(parts, 0), days: count }),
  },
  financial_month: {
    takes: 2,
    keys: {},
    gives: DAY,
    part: all(TEXT),
    make: (parts) => ({ kind: "financial-month", year: at(parts, 0), month: at(parts, 1) }),
  },
  timed: {
    takes: 2,
    keys: {},
    gives: ["datetime"],
    part: (place) => (place === 0 ? DAY : ["datetime"]),
    make: (parts) => ({ kind: "timed", day: at(parts, 0), time: at(parts, 1) }),
  },
  earlier: {
    takes: 2,
    keys: {},
    gives: ["datetime"],
    part: all(TIME),
    make: (parts) => ({ kind: "earlier", of: [at(parts, 0), at(parts, 1)] }),
  },
  or_else: {
    takes: 1,
    keys: { day: "day" },
    gives: null,
    part: (_, wanted) => wanted.filter((kind) => TIME.includes(kind)),
    make: (parts, { day }) =>
      day === undefined ? at(parts, 0) : { kind: "or-else", of: at(parts, 0), day },
  },
} as const satisfies Forms;

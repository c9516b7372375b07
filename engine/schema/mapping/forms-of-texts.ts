/** Expressions that give texts. */
import { all, at, TEXT, WHOLE } from "./form.ts";
import type { Forms } from "./form.ts";

export const formsOfTexts = {
  whole_number_as_text: {
    takes: 1,
    keys: {},
    gives: TEXT,
    part: all(WHOLE),
    make: (parts) => ({ kind: "digits", of: at(parts, 0) }),
  },
  trimmed: {
    takes: 1,
    keys: {},
    gives: TEXT,
    part: all(TEXT),
    make: (parts) => ({ kind: "trimmed", of: at(parts, 0) }),
  },
  joined: {
    takes: "list",
    keys: { between: "text" },
    gives: TEXT,
    part: all(TEXT),
    make: (parts, { text = "" }) => ({ kind: "joined", of: parts, between: text }),
  },
  replaced: {
    takes: 1,
    keys: { pairs: "pairs" },
    gives: TEXT,
    part: all(TEXT),
    make: (parts, { pairs = [] }) => ({ kind: "replaced", of: at(parts, 0), pairs }),
  },
  renamed: {
    takes: 1,
    keys: { names: "pairs", others: "others" },
    gives: TEXT,
    part: all([...TEXT, ...WHOLE]),
    make: (parts, { pairs = [], text = "" }) => ({
      kind: "renamed",
      of: at(parts, 0),
      names: pairs,
      others: text === "kept" ? "kept" : "empty",
    }),
  },
} as const satisfies Forms;

/** The closed list of expressions of a mapping file: what each takes and gives, and the source that it stands for. */
import { all, at, DAY, NUMBER, same, TEXT, WHOLE } from "./form.ts";
import type { Form, Forms } from "./form.ts";
import { formsOfDays } from "./forms-of-days.ts";
import { formsOfTexts } from "./forms-of-texts.ts";

const formsOfNumbers = {
  number_in_text: {
    takes: 1,
    keys: {},
    gives: ["real"],
    part: all(TEXT),
    make: (parts) => ({ kind: "number-in-text", of: at(parts, 0) }),
  },
  number_in_hex: {
    takes: 1,
    keys: {},
    gives: ["int"],
    part: all(TEXT),
    make: (parts) => ({ kind: "number-in-hex", of: at(parts, 0) }),
  },
  days_between: {
    takes: 2,
    keys: {},
    gives: ["int"],
    part: all(DAY),
    make: (parts) => ({ kind: "days-between", from: at(parts, 0), to: at(parts, 1) }),
  },
  scaled: {
    takes: 1,
    keys: { unit: "expression", factors: "factors" },
    gives: ["real"],
    part: (place) => (place === 0 ? NUMBER : WHOLE),
    make: (parts, { factors = [] }) => ({
      kind: "scaled",
      of: at(parts, 0),
      unit: at(parts, 1),
      factors,
    }),
  },
} as const satisfies Forms;

/** They give what they are made of. */
const formsOfAll = {
  first_of: {
    takes: "list",
    keys: {},
    gives: null,
    part: same,
    make: (parts) => ({ kind: "first-of", of: parts }),
  },
  when: {
    takes: 1,
    keys: { is: "expression", in: "codes" },
    gives: null,
    part: (place, wanted, { texts }) => {
      if (place === 0) return wanted;
      return texts === undefined ? WHOLE : TEXT;
    },
    make: (parts, { texts, numbers = [] }) => ({
      kind: "when",
      of: at(parts, 0),
      is: at(parts, 1),
      in: texts ?? numbers,
    }),
  },
  unless: {
    takes: 1,
    keys: { texts: "texts" },
    gives: null,
    part: same,
    make: (parts, { texts = [] }) => ({ kind: "unless", of: at(parts, 0), texts }),
  },
} as const satisfies Forms;

const forms = { ...formsOfTexts, ...formsOfDays, ...formsOfNumbers, ...formsOfAll } as const;

export type FormName = keyof typeof forms;

export const formNames = Object.keys(forms) as readonly FormName[];

export function formOf(name: FormName): Form {
  return forms[name];
}

/** Values and tests in words, for people. */
import { unreachable } from "../base/problems.ts";
import { formatDateExpression } from "../definition/dates/format-date-expression.ts";
import type { DateShift } from "../definition/dates/date-expression.ts";
import type { Test, Value } from "./model/value.ts";

export function describeValue(value: Value): string {
  switch (value.kind) {
    case "field":
    case "column":
      return value.name;
    case "patient":
      return `patient.${value.name}`;
    case "summary":
      return value.take === "value" ? value.id : `${value.id}.${value.take}`;
    case "integer":
    case "float":
      return String(value.value);
    case "text":
      return JSON.stringify(value.value);
    case "day":
      return value.value;
    case "from-index-date":
      return shiftedName("index_date", value);
    case "shifted":
      return shiftedName(describeValue(value.of), value);
    case "arithmetic":
      return `(${describeValue(value.left)} ${value.operator} ${describeValue(value.right)})`;
    case "rounded":
      return `round(${describeValue(value.of)}, ${value.digits})`;
    case "completed-years":
      return `completed years from ${describeValue(value.from)} to ${describeValue(value.to)}`;
    case "year":
      return `year of ${describeValue(value.of)}`;
    case "day-of":
      return `day of ${describeValue(value.of)}`;
    case "decimal":
      return describeValue(value.of);
    case "choose":
      return describeChoice(value);
    case "coalesce":
      return `${describeValue(value.of)} or ${describeValue(value.otherwise)}`;
    case "extreme":
      return `${value.take} of ${value.of.map(describeValue).join(", ")}`;
    case "later":
      return `later of ${value.of.map(describeValue).join(", ")}`;
    case "shown-date":
      return `${describeValue(value.of)} as ${value.format}`;
    case "patient-hash":
      return "a hash of the patient between 0 and 100";
    case "category":
      return `category of ${describeValue(value.of)} in ${value.codelist}`;
    default:
      return unreachable(value);
  }
}

/** As an author would write it, if the base had that name. */
function shiftedName(name: string, { apply, offset }: DateShift): string {
  return formatDateExpression({ kind: "from", base: { kind: "column", name }, apply, offset });
}

function describeChoice({ cases, otherwise }: Extract<Value, { kind: "choose" }>): string {
  const shown = cases.map(({ when, then }) => `${describeValue(then)} if ${describeTest(when)}`);
  const rest = otherwise === null ? "missing" : describeValue(otherwise);
  return `[${[...shown, `else ${rest}`].join("; ")}]`;
}

export function describeTest(test: Test): string {
  switch (test.kind) {
    case "compare":
      return `${describeValue(test.left)} ${test.operator} ${describeValue(test.right)}`;
    case "is-present":
      return `${describeValue(test.of)} is there`;
    case "all":
      return test.of.length === 0 ? "true" : test.of.map(grouped).join(" and ");
    case "any":
      return test.of.length === 0 ? "false" : test.of.map(grouped).join(" or ");
    case "not":
      return `not ${grouped(test.of)}`;
    case "is-true":
      return describeValue(test.of);
    case "in-codelist":
      return `${describeValue(test.of)} ${hows[test.how]} ${test.codelist}`;
    default:
      return unreachable(test);
  }
}

const hows: { readonly [How in Extract<Test, { kind: "in-codelist" }>["how"]]: string } = {
  equal: "in",
  begins: "begins with a code of",
  "begins-after-break": "holds, after a break, a code of",
  contains: "holds a code of",
};

function grouped(test: Test): string {
  const text = describeTest(test);
  return test.kind === "any" || test.kind === "all" ? `(${text})` : text;
}

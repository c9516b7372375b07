/** What a column must hold, in words, and how one that holds something else can be read. */
import type { PhysicalKind } from "../physical-table.ts";
import type { Kinds } from "./form.ts";

const described: { readonly [K in PhysicalKind]: string } = {
  int: "whole numbers",
  long: "whole numbers",
  real: "numbers",
  bit: "true or false",
  text: "text",
  date: "days",
  datetime: "times",
};

/** "times or days". */
export function wantedText(wanted: Kinds): string {
  return [...new Set(wanted.map((kind) => described[kind]))].join(" or ");
}

const VIEW = "A view in the database can give it another type; name the view here.";

interface FoundKind {
  readonly kind: PhysicalKind | null;
  /** A time with a zone, whose day depends on who looks. */
  readonly isShifting: boolean;
}

export function wayOutOf(column: string, { kind, isShifting }: FoundKind, wanted: Kinds): string {
  if (isShifting)
    return "The day of a time with a zone depends on the zone: make a view that says which, and name the view here.";
  const expression = wayOutExpression(column, kind, wanted);
  if (expression !== null)
    return `${kind === "int" && wanted[0] === "date" ? "For numbers such as 20200331 write" : "Write"} ${expression}.`;
  if (kind === "real" && wanted[0] === "int")
    return `A number with a fraction would be rounded. ${VIEW}`;
  return VIEW;
}

/** How a column of a kind can be read as what is wanted; null where only a view can bring it there. */
export function wayOutExpression(
  column: string,
  kind: PhysicalKind | null,
  [wanted]: Kinds,
): string | null {
  const isDay = wanted === "date" || wanted === "datetime";
  if (kind === "int" && wanted === "text") return `{whole_number_as_text: ${column}}`;
  if (kind === "text" && isDay) return `{day_in_text: ${column}, layout: iso}`;
  if (kind === "int" && isDay)
    return `{day_in_text: {whole_number_as_text: ${column}}, layout: compact}`;
  if (kind === "text" && wanted === "real") return `{number_in_text: ${column}}`;
  if (kind === "datetime" && wanted === "date") return `{day_of: ${column}}`;
  return null;
}

/** A description file as plain data. */
import { SMALL_NUMBER_THRESHOLD } from "../../measures/suppress.ts";
import type {
  Description,
  Dimension,
  Fact,
  Known,
  Policy,
  PublishedMeasure,
  PublishedRounding,
  PublishingRule,
  QuantityKind,
  Release,
  Time,
} from "./description.ts";
import { attackers, targetKinds } from "./description.ts";
import { JsonValue, parsedJson } from "./json-reader.ts";

/** Problems: audit-not-json, audit-description. Keys of the file that describe no release are not looked at. */
export function readDescription(text: string, file: string): Description {
  const top = new JsonValue(parsedJson(text, file), file);
  if (top.key("format").whole() !== 1) top.key("format").refuse("1");
  return descriptionIn(top);
}

/** `{small, minValues, attacker, targets}`, each where it is not the usual. Problems: audit-not-json, audit-description. */
export function readPolicy(text: string, file: string): Partial<Policy> {
  return policyIn(new JsonValue(parsedJson(text, file), file));
}

/** A list of numbers from elsewhere. Problems: audit-not-json, audit-description. */
export function readKnown(text: string, file: string): readonly Known[] {
  return new JsonValue(parsedJson(text, file), file).list().map(knownIn);
}

function descriptionIn(top: JsonValue): Description {
  const columns = top.key("columns").isAbsent ? {} : top.key("columns").object();
  return {
    policy: policyIn(top.key("policy")),
    columns: mapped(columns, quantityKind),
    dimensions: top.key("dimensions").listOrNone().map(dimensionIn),
    facts: top.key("facts").listOrNone().map(factIn),
    time: timeIn(top.key("time")),
    known: top.key("known").listOrNone().map(knownIn),
    releases: top.key("releases").list().map(releaseIn),
  };
}

function mapped<Value>(
  values: Readonly<Record<string, JsonValue>>,
  read: (value: JsonValue) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, read(value)]));
}

function quantityKind(column: JsonValue): QuantityKind {
  column.object(["kind"]);
  return column.key("kind").oneOf(["flag", "count"]);
}

export function policyIn(value: JsonValue): Partial<Policy> {
  if (value.isAbsent) return {};
  const { small, minValues, attacker, targets } = value.object([
    "small",
    "minValues",
    "attacker",
    "targets",
  ]);
  return {
    ...(small === undefined ? {} : { small: small.whole(1) }),
    ...(minValues === undefined ? {} : { minValues: minValues.whole(1) }),
    ...(attacker === undefined ? {} : { attacker: attacker.oneOf(attackers) }),
    ...(targets === undefined ? {} : { targets: targets.list().map((t) => t.oneOf(targetKinds)) }),
  };
}

function dimensionIn(value: JsonValue): Dimension {
  value.object(["name", "values", "columns"]);
  const values = value.key("values").texts();
  const known = (base: JsonValue): string => base.oneOf(values);
  const labels = (label: JsonValue) => label.list().map(known);
  const columns = mapped(value.key("columns").object(), (map) => {
    const read = mapped(map.object(), labels);
    const all = Object.values(read).flat();
    const isPartition = all.length === values.length && new Set(all).size === values.length;
    return isPartition ? read : map.refuse("every value of the dimension in exactly one label");
  });
  return { name: value.key("name").text(), values, columns };
}

function factIn(value: JsonValue): Fact {
  const [[kind, of] = ["", value]] = Object.entries(value.object(FACTS));
  if (kind === "sum") {
    const [whole, parts] = of.list();
    if (whole === undefined || parts === undefined) return of.refuse("[whole, [part, part]]");
    return { kind, whole: whole.text(), parts: parts.texts() };
  }
  const [first, second, ...more] = of.texts();
  if (first === undefined || second === undefined || more.length > 0) {
    return of.refuse("two columns");
  }
  return { kind: kind as "complement" | "subset" | "disjoint", columns: [first, second] };
}

const FACTS = ["complement", "subset", "disjoint", "sum"];

function timeIn(value: JsonValue): Time {
  if (value.isAbsent) return { cohort: "changing", cumulative: [], static: [] };
  value.object(["cohort", "cumulative", "static"]);
  const [cumulative, fixed] = [value.key("cumulative"), value.key("static")];
  return {
    cohort: value.key("cohort").oneOf(["changing", "fixed"]),
    cumulative: cumulative.isAbsent ? [] : cumulative.texts(),
    static: fixed.isAbsent ? [] : fixed.texts(),
  };
}

function knownIn(value: JsonValue): Known {
  const keys = ["quantity", "date", "groups", "value", "at_least", "at_most", "data"];
  const { groups, data, ...given } = value.object(keys);
  const exact = given["value"]?.whole();
  const [least, most] = [given["at_least"]?.whole(), given["at_most"]?.whole()];
  return {
    quantity: value.key("quantity").text(),
    date: value.key("date").date(),
    groups: groups === undefined ? {} : mapped(groups.object(), (label) => label.text()),
    atLeast: exact ?? least ?? 0,
    atMost: exact ?? most ?? Infinity,
    data: data?.text() ?? null,
  };
}

function releaseIn(value: JsonValue): Release {
  value.object(["name", "study", "data", "measures", "files"]);
  return {
    name: value.key("name").text(),
    study: value.key("study").text(),
    data: value.key("data").text(),
    measures: value.key("measures").list().map(measureIn),
    files: mapped(value.key("files").object(), (text) => text.text()),
  };
}

function measureIn(value: JsonValue): PublishedMeasure {
  const groupBy = value.key("group_by");
  const groups = value.key("groups");
  return {
    id: value.key("id").text(),
    numerator: value.key("numerator").text(),
    denominator: value.key("denominator").text(),
    group_by: groupBy.isNull || groupBy.isAbsent ? null : groupBy.texts(),
    groups: groups.isAbsent || groups.isNull ? "all" : groups.oneOf(["all", "observed"]),
    rule: value.key("rule").isAbsent ? ourRule(value) : foreignRule(value.key("rule")),
  };
}

/** What the author said with `small_number_suppression` and `rounding`. */
function ourRule(measure: JsonValue): PublishingRule {
  const said = measure.key("small_number_suppression");
  const own = said.isTruth() ? null : said.key("threshold").whole(1);
  const usual = own === null && said.truth() ? SMALL_NUMBER_THRESHOLD : null;
  return {
    isOurs: true,
    threshold: own ?? usual,
    secondary: true,
    as: "blank",
    rounding: roundingIn(measure.key("rounding")),
    derived: null,
    value: { from: "shown", decimals: null },
  };
}

function foreignRule(value: JsonValue): PublishingRule {
  value.object(["threshold", "as", "secondary", "rounding", "derived", "value"]);
  const { threshold, as, secondary, derived, value: ratio } = value.object();
  const decimals = ratio?.key("decimals");
  return {
    isOurs: false,
    threshold: threshold === undefined || threshold.isNull ? null : threshold.whole(1),
    secondary: secondary?.truth() ?? false,
    as: as?.oneOf(["blank", "zero", "star", "withheld"]) ?? "blank",
    rounding: roundingIn(value.key("rounding")),
    derived: derived?.text() ?? null,
    value: {
      from: ratio?.key("from").oneOf(["shown", "raw"]) ?? "shown",
      decimals: decimals === undefined || decimals.isAbsent ? null : decimals.whole(),
    },
  };
}

function roundingIn(value: JsonValue): PublishedRounding {
  if (value.isAbsent || value.isNull) return { kind: "none" };
  if (value.isText("midpoint6")) return { kind: "midpoint6" };
  const { to, within } = value.object(["to", "within"]);
  if (within !== undefined) return { kind: "within", most: within.whole() };
  return { kind: "multiple", of: to?.whole(1) ?? value.refuse("to or within") };
}

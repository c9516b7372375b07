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
import { UNLIMITED } from "./printed-number.ts";
import { fileOf } from "./published-table.ts";
import { distinct, JsonValue, parsedJson } from "./json-reader.ts";

/** Problems: audit-not-json, audit-description. Keys beside those of the format are named as not read. */
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
  const releases = top.key("releases").someOf("release");
  distinct(releases, (release) => release.key("name"));
  return {
    policy: policyIn(top.key("policy")),
    columns: mapped(columns, quantityKind),
    dimensions: dimensionsIn(top.key("dimensions").listOrNone()),
    facts: top.key("facts").listOrNone().map(factIn),
    time: timeIn(top.key("time")),
    known: top.key("known").listOrNone().map(knownIn),
    releases: releases.map(releaseIn),
    notRead: Object.keys(top.object()).filter((key) => !KEYS.has(key)),
  };
}

export const KEYS: ReadonlySet<string> = new Set([
  ...["format", "policy", "columns", "dimensions", "facts", "time", "known", "releases"],
]);

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
    ...(small === undefined ? {} : { small: small.whole(1, MOST_SMALL) }),
    ...(minValues === undefined ? {} : { minValues: minValues.whole(1, MOST_SMALL) }),
    ...(attacker === undefined ? {} : { attacker: attacker.oneOf(attackers) }),
    ...(targets === undefined
      ? {}
      : { targets: targets.someOf("target").map((t) => t.oneOf(targetKinds)) }),
  };
}

/** So many possible values are looked for of each number. */
const MOST_SMALL = 1000;

/** A column cuts the values of one dimension, and of no other. */
function dimensionsIn(values: readonly JsonValue[]): readonly Dimension[] {
  distinct(values, (dimension) => dimension.key("name"));
  const seen = new Set<string>();
  return values.map((value) => {
    const dimension = dimensionIn(value);
    for (const column of Object.keys(dimension.columns)) {
      if (seen.has(column))
        value.key("columns").key(column).refuse("a column of no other dimension");
      seen.add(column);
    }
    return dimension;
  });
}

function dimensionIn(value: JsonValue): Dimension {
  value.object(["name", "values", "columns"]);
  const values = value.key("values").names();
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
  const [fact, ...others] = Object.entries(value.object(FACTS));
  if (fact === undefined || others.length > 0) return value.refuse(`one of ${FACTS.join(", ")}`);
  const [kind, of] = fact;
  if (kind === "sum") {
    const [whole, parts, ...more] = of.list();
    if (whole === undefined || parts === undefined || more.length > 0)
      return of.refuse("[whole, [part, part]]");
    distinct([whole, ...parts.someOf("part")], (name) => name);
    return { kind, whole: whole.text(), parts: parts.texts() };
  }
  const [first, second, ...more] = of.names();
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
  const exact = given["value"]?.whole(0, UNLIMITED);
  const [least, most] = ["at_least", "at_most"].map((key) => given[key]?.whole(0, UNLIMITED));
  if ((exact === undefined) === (least === undefined && most === undefined))
    value.refuse("value, or at_least or at_most or both");
  if (most !== undefined && most < (least ?? 0))
    value.key("at_most").refuse("no less than at_least");
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
  const given = value.key("measures").someOf("measure");
  const ids = distinct(given, (measure) => measure.key("id"));
  const measures = given.map((measure) => measureIn(measure, ids));
  const files = value.key("files");
  for (const name of Object.keys(files.object()))
    if (!measures.some((measure) => fileOf(measure) === name))
      files.key(name).refuse("a file of one of the release's measures");
  return {
    name: value.key("name").text(),
    study: value.key("study").text(),
    data: value.key("data").text(),
    measures,
    files: mapped(files.object(), (text) => text.text()),
  };
}

function measureIn(value: JsonValue, ids: readonly string[]): PublishedMeasure {
  value.object(MEASURE_KEYS);
  const groupBy = value.key("group_by");
  const groups = value.key("groups");
  return {
    id: value.key("id").text(),
    numerator: value.key("numerator").text(),
    denominator: value.key("denominator").text(),
    group_by: groupBy.isNull || groupBy.isAbsent ? null : groupBy.names(),
    groups: groups.isAbsent || groups.isNull ? "all" : groups.oneOf(["all", "observed"]),
    rule: value.key("rule").isAbsent ? ourRule(value) : foreignRule(value, ids),
  };
}

const MEASURE_KEYS = [
  ...["id", "numerator", "denominator", "group_by", "groups"],
  ...["small_number_suppression", "rounding", "rule"],
];

/** What the author said with `small_number_suppression` and `rounding`. */
function ourRule(measure: JsonValue): PublishingRule {
  const said = measure.key("small_number_suppression");
  const own = said.isTruth() ? null : thresholdIn(said);
  const usual = own === null && said.truth() ? SMALL_NUMBER_THRESHOLD : null;
  return {
    isOurs: true,
    threshold: own ?? usual,
    secondary: true,
    as: "blank",
    rounding: roundingIn(measure.key("rounding"), ["to"]),
    derived: null,
    value: { from: "shown", decimals: null },
  };
}

function thresholdIn(said: JsonValue): number {
  if (!said.isObject) said.refuse("true, false or an object with a threshold");
  said.object(["threshold"]);
  return said.key("threshold").whole(1, MOST_SMALL);
}

/** A rule says all of how a measure was published. */
function foreignRule(measure: JsonValue, ids: readonly string[]): PublishingRule {
  const value = measure.key("rule");
  for (const key of ["small_number_suppression", "rounding"])
    if (!measure.key(key).isAbsent) measure.key(key).refuse("nothing beside a rule");
  value.object(["threshold", "as", "secondary", "rounding", "derived", "value"]);
  const { threshold, as, secondary, derived, value: ratio } = value.object();
  ratio?.object(["from", "decimals"]);
  const decimals = ratio?.key("decimals");
  return {
    isOurs: false,
    threshold: threshold === undefined || threshold.isNull ? null : threshold.whole(1, MOST_SMALL),
    secondary: secondary?.truth() ?? false,
    as: as?.oneOf(["blank", "zero", "star", "withheld"]) ?? "blank",
    rounding: roundingIn(value.key("rounding"), ["to", "within"]),
    derived: derived === undefined || derived.isNull ? null : derived.oneOf(ids),
    value: {
      from: ratio?.key("from").oneOf(["shown", "raw"]) ?? "shown",
      decimals: decimals === undefined || decimals.isAbsent ? null : decimals.whole(),
    },
  };
}

function roundingIn(value: JsonValue, kinds: readonly string[]): PublishedRounding {
  if (value.isAbsent || value.isNull) return { kind: "none" };
  if (value.isText("midpoint6")) return { kind: "midpoint6" };
  const { to, within } = value.object(kinds);
  if ((to === undefined) === (within === undefined)) value.refuse(kinds.join(" or "));
  if (within !== undefined) return { kind: "within", most: within.whole() };
  return { kind: "multiple", of: to?.whole(1) ?? value.refuse("to") };
}

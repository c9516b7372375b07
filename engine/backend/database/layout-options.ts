/** What database URLs say of the layout of the records: whose tables they are, and what an OMOP database does not tell. */
import { nearestNames } from "../../base/nearest.ts";
import { codeMatches } from "../../definition/codelists/code-match.ts";
import {
  areAllEvents,
  declarable,
  MAY_BE_ABSENT,
  NOTHING_DECLARED,
} from "../../schema/omop/declared.ts";
import type { Declarable, OmopDeclared } from "../../schema/omop/declared.ts";
import { omopTables } from "../../schema/omop/omop-tables.ts";
import { fail } from "../problems.ts";
import { OMOP_OPTIONS } from "./omop-options.ts";
import type { LayoutSaid } from "./layout-said.ts";
import type { UrlOptions } from "./url-options.ts";

/** Besides those of a kind of database. */
export const LAYOUT_OPTIONS = ["provider", "records", ...OMOP_OPTIONS] as const;

const LAYOUTS = [/^(?:tpp|emis|omop)$/, "tpp, emis or omop"] as const;
const TRUTH = [/^(?:true|false)$/, "true or false"] as const;
const NUMBERS = [/^\d{1,10}(?:,\d{1,10})*$/, "ids of concepts, such as 9202,581477"] as const;
const PAIRS = /^[^:,]+:[^:,]+(?:,[^:,]+:[^:,]+)*$/;

/** Of databases in which codelists cannot be looked up in vocabularies. */
export const ENGLISH_LAYOUT_OPTIONS = ["provider", "records"] as const;

export function englishLayoutSaid({ matching }: Pick<UrlOptions<string>, "matching">): LayoutSaid {
  return {
    provider: matching("provider", /^(?:tpp|emis)$/, "tpp or emis"),
    records: matching("records", /./, "the path of a mapping file"),
    declared: NOTHING_DECLARED,
  };
}

/** Problems: database-option-value, database-option-layout, database-column-declared. */
export function layoutSaid(options: UrlOptions<string>, example: string): LayoutSaid {
  const { matching } = options;
  const declared = declaredIn(options, example);
  const layout = matching("layout", ...LAYOUTS) ?? matching("provider", ...LAYOUTS);
  const said = DECLARING.filter((option) => options.all(option).length > 0);
  const [first] = said;
  if (first !== undefined && layout !== null && layout !== "omop") {
    fail("database-option-layout", { option: first, layout });
  }
  return {
    provider: layout ?? (first === undefined ? null : "omop"),
    records: matching("records", /./, "the path of a mapping file"),
    declared,
  };
}

const NAMING: readonly string[] = ["provider", "layout", "records"];
const DECLARING = LAYOUT_OPTIONS.filter((name) => !NAMING.includes(name));

function declaredIn({ matching }: UrlOptions<string>, example: string): OmopDeclared {
  const numbers = (option: string): readonly number[] =>
    (matching(option, ...NUMBERS) ?? "")
      .split(",")
      .filter((text) => text !== "")
      .map(Number);
  const isTrue = (option: string): boolean => matching(option, ...TRUTH) === "true";
  const match = matching("match", MATCHES, codeMatches.join(", "));
  const descendants = isTrue("descendants");
  // Only standard concepts are above and below one another.
  if (descendants && (match === "source" || match === "source_value")) {
    fail("database-option-value", {
      option: "match",
      wanted: "source-then-standard or standard, where descendants=true",
      url: example,
    });
  }
  return {
    ...NOTHING_DECLARED,
    vocabularies: {
      ...NOTHING_DECLARED.vocabularies,
      match: codeMatches.find((each) => each === match) ?? NOTHING_DECLARED.vocabularies.match,
      descendants,
      systems: systemsSaid(matching("systems", PAIRS, "such as ctv3:Read") ?? ""),
      allowEmpty: isTrue("allow_empty"),
      dataUntil: matching("data_until", DAY, "a day such as 2024-03-31"),
    },
    consultations: numbers("consultations"),
    outpatients: numbers("outpatients"),
    columns: columnsSaid(matching("columns", PAIRS, COLUMNS) ?? ""),
    absent: absentSaid(matching("absent", ABSENT, SOME_ABSENT) ?? "", example),
    historyIsComplete: matching("history", /^complete$/, '"complete"') !== null,
    isWithinObservation: isTrue("within_observation"),
  };
}

const SOME_ABSENT = `some of ${MAY_BE_ABSENT.join(", ")}, but not all tables of events`;
const TABLE = `(?:${MAY_BE_ABSENT.join("|")})`;
const ABSENT = new RegExp(`^${TABLE}(?:,${TABLE})*$`);

function absentSaid(text: string, url: string): readonly string[] {
  const absent = text.split(",").filter((table) => table !== "");
  if (areAllEvents(absent))
    fail("database-option-value", { option: "absent", wanted: SOME_ABSENT, url });
  return absent;
}

const MATCHES = new RegExp(`^(?:${codeMatches.join("|")})$`);
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const COLUMNS = "such as practice.region:location.location_source_value";

function pairsOf(text: string): readonly (readonly [string, string])[] {
  return text
    .split(",")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", value = ""] = pair.split(":");
      return [name, value] as const;
    });
}

/** Vocabularies by system; a system may have several. */
function systemsSaid(text: string): OmopDeclared["vocabularies"]["systems"] {
  const systems: Record<string, readonly string[]> = {};
  for (const [system, vocabulary] of pairsOf(text)) {
    systems[system] = [...(systems[system] ?? []), vocabulary];
  }
  return systems;
}

function columnsSaid(text: string): OmopDeclared["columns"] {
  return Object.fromEntries(
    pairsOf(text).map(([name, of]) => [checkedName(name), checkedColumn(name, of)]),
  );
}

function checkedName(name: string): string {
  if (Object.hasOwn(declarable, name)) return name;
  const known = Object.keys(declarable);
  return fail("database-column-declared", {
    name,
    column: null,
    known,
    nearest: nearestNames(name, known),
  });
}

/** Of the tables that can be reached from there, a column of texts. */
function checkedColumn(name: string, of: string): string {
  const tables = declarable[checkedName(name) as Declarable] as readonly string[];
  const known = tables.flatMap((table) => {
    const texts = Object.entries(omopTables[table] ?? {}).filter(([, kind]) => kind === "text");
    return texts.map(([column]) => `${table}.${column}`);
  });
  if (known.includes(of)) return of;
  return fail("database-column-declared", {
    name,
    column: of,
    known,
    nearest: nearestNames(of, known),
  });
}

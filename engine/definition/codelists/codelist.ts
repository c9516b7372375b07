/**
 * Codelists that authors write out, combine and choose from. Runs inside the sandbox: plain
 * JavaScript only.
 */
import { fail } from "../author-side-problems.ts";
import { describeValue } from "../describe-value.ts";
import {
  areCategorised,
  categoryOfCode,
  filesOf,
  madeFrom,
  makeCodelist,
} from "./make-codelist.ts";
import { lookedUp, lookUpOf } from "./looked-up.ts";
import type { CategorisedCode, Codes } from "./make-codelist.ts";
import type { Codelist } from "../model.ts";

/**
 * A codelist of the codes given, or of [code, category] pairs, in their order; repeats stay. White
 * space around codes is dropped, and blank codes with it. Problems: anything else than such a list, no
 * code at all, some codes with and some without a category, a code in two categories.
 */
export function codelist(codes: Codes, system: string | null): Codelist {
  const entries = entriesOf(codes).filter((entry) => entry[0] !== "");
  return makeCodelist(sameKind(entries), systemOf(system), null);
}

/**
 * Codes of all the codelists in order of first mention, each once. Problems: different systems, some
 * categorised and some not, a code in two categories.
 */
export function combineCodelists(first: Codelist, ...others: readonly Codelist[]): Codelist {
  const all = [first, ...others];
  for (const other of others) {
    const { system, codes } = other;
    if (system !== first.system) {
      const systems = [first.system ?? "none", system ?? "none"] as const;
      return fail("codelists-of-different-systems", { systems });
    }
    if (JSON.stringify(lookUpOf(other)) !== JSON.stringify(lookUpOf(first))) {
      return fail("codelists-looked-up-differently", {});
    }
    if (areCategorised(codes) !== areCategorised(first.codes)) {
      return fail("codelists-partly-categorised", {});
    }
  }
  const pairs = all.flatMap(({ codes }) => (areCategorised(codes) ? codes : []));
  const plain = all.flatMap(({ codes }) => (areCategorised(codes) ? [] : codes));
  const union = pairs.length > 0 ? [...categoryOfCode(pairs, null)] : [...new Set(plain)];
  const made = lookedUp(makeCodelist(union, first.system, null), lookUpOf(first));
  return madeFrom(made, all.flatMap(filesOf));
}

/**
 * The codes whose category is among `include`, in their order. Problems: a codelist without
 * categories, `include` not a list of text, no code left.
 */
export function filterCodesByCategory(codelist: Codelist, include: readonly string[]): Codelist {
  const { system, codes } = codelist;
  if (!areCategorised(codes)) return fail("codelist-uncategorised", {});
  if (!Array.isArray(include)) return refuseList(include, 'filter_codes_by_category(list, ["A"])');
  const wanted = new Set(include);
  const kept = codes.filter(([, category]) => wanted.has(category));
  if (kept.length > 0) {
    return madeFrom(
      lookedUp(makeCodelist(kept, system, null), lookUpOf(codelist)),
      filesOf(codelist),
    );
  }
  const categories = [...new Set(codes.map(([, category]) => category))];
  return fail("codelist-category-unused", { include: [...wanted], categories });
}

type Entry = readonly [code: string, category: string | null];

/** Study code is not type-checked when it runs, so what it passes can be anything. */
function entriesOf(codes: unknown): readonly Entry[] {
  if (!Array.isArray(codes)) return refuseList(codes, 'codelist(["123"], "snomed")');
  return codes.map((entry: unknown, index): Entry => {
    if (typeof entry === "string") return [entry.trim(), null];
    const [code, category, ...more] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof code === "string" && typeof category === "string" && more.length === 0) {
      return [code.trim(), category.trim()];
    }
    return fail("codelist-entry", { position: index + 1, what: describeValue(entry) });
  });
}

function sameKind(entries: readonly Entry[]): Codes {
  const uncategorised = entries[0]?.[1] === null;
  const odd = entries.findIndex(([, category]) => (category === null) !== uncategorised);
  if (odd !== -1) {
    return fail("codelist-partly-categorised", { position: odd + 1, without: !uncategorised });
  }
  return uncategorised
    ? entries.map(([code]) => code)
    : entries.map(([code, category]): CategorisedCode => [code, category ?? ""]);
}

function systemOf(system: unknown): string | null {
  if (typeof system === "string" || system === null) return system;
  return fail("codelist-without-system", { what: describeValue(system) });
}

/** A text would otherwise be taken letter by letter: "123" as codes 1, 2 and 3. */
function refuseList(given: unknown, instead: string): never {
  const wayOut =
    typeof given === "string"
      ? `Put it in brackets, even if there is only one: ${instead}.`
      : `Write a list: ${instead}.`;
  return fail("codelist-not-a-list", { what: describeValue(given), wayOut });
}

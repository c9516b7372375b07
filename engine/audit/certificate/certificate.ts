/** What shows that everything is releasable: tables of numbers that are not the true ones, and print the same. */
import { createHash } from "node:crypto";
import type { AuditInput, AuditResult } from "../audit-result.ts";
import type { Layout } from "../check/layout.ts";
import type { Shown, Way } from "../check/shown.ts";
import type { Policy } from "../describe/description.ts";
import type { WorldParts } from "../model/world.ts";
import { sortedJson } from "../sorted-json.ts";
import { packed, packedOpen } from "./packed-numbers.ts";

/** Others are made anew: nobody keeps a certificate longer than its files. */
export const CERTIFICATE_FORMAT = 2;

export interface Certificate {
  readonly certificate: typeof CERTIFICATE_FORMAT;
  /** Of all the rest: whoever changes something by accident is told so. It keeps out nobody who wants to. */
  readonly seal: string;
  readonly policy: Policy;
  readonly inputs: readonly Pick<AuditInput, "release" | "file" | "sha256">[];
  /** Values of columns, in their order. */
  readonly groups: readonly (readonly string[])[];
  readonly worlds: readonly CertifiedWorld[];
}

/** Of the same patients. */
export interface CertifiedWorld extends Omit<PackedShown, "columns"> {
  readonly study: string;
  readonly data: string;
  readonly dates: readonly string[];
  /** Of each column of the layouts, which of the groups are its values. */
  readonly columns: Readonly<Record<string, number>>;
}

export interface PackedShown {
  /** Values of each column of the layouts. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly layouts: readonly {
    readonly quantity: string;
    readonly date: string;
    readonly columns: readonly string[];
  }[];
  /**
   * Numbers of each layout that no file prints as they are, packed; null where they are those of the first witness.
   */
  readonly witnesses: readonly (readonly (string | null)[])[];
  /**
   * What shows the values of a cell: for each value a witness, or one in which the cell has changed places with
   * another one of the same layouts.
   */
  readonly ways: readonly Way[];
  /** Packed: of each number that needs a verdict, in the order of `targetsOf`, which of the ways shows it. */
  readonly cells: string;
}

export function certificateOf(
  { policy, inputs }: AuditResult,
  parts: readonly WorldParts[],
  shown: readonly (PackedShown | null)[],
): Certificate {
  const groups = new Groups();
  return sealed({
    certificate: CERTIFICATE_FORMAT,
    policy,
    inputs: inputs.map(({ release, file, sha256 }) => ({ release, file, sha256 })),
    worlds: parts.map(({ study, data, dates }, at) => {
      const { columns, ...own } = shown[at] ?? NOTHING_SHOWN;
      const places = Object.entries(columns).map(
        ([name, all]) => [name, groups.place(all)] as const,
      );
      return { study, data, dates, columns: Object.fromEntries(places), ...own };
    }),
    groups: groups.list,
  });
}

const NOTHING_SHOWN: PackedShown = { columns: {}, layouts: [], witnesses: [], ways: [], cells: "" };

/** Every date has the same ones, mostly. */
class Groups {
  readonly list: (readonly string[])[] = [];
  readonly #places = new Map<string, number>();

  place(values: readonly string[]): number {
    const key = JSON.stringify(values);
    const place = this.#places.get(key) ?? this.list.push(values) - 1;
    this.#places.set(key, place);
    return place;
  }
}

export function sealed(rest: Omit<Certificate, "seal">): Certificate {
  return { ...rest, seal: sealOf(rest) };
}

export function sealOf(rest: unknown): string {
  return createHash("sha256").update(sortedJson(rest)).digest("hex");
}

export function packedShown({ layouts, witnesses, ways, printed }: Shown): PackedShown {
  const [first] = witnesses;
  const columns = layouts.flatMap((layout) => layout.columns);
  return {
    columns: Object.fromEntries(columns.map(({ name, values }) => [name, values])),
    layouts: layouts.map(({ quantity, date, columns: own }: Layout) => ({
      ...{ quantity, date },
      columns: own.map(({ name }) => name),
    })),
    witnesses: witnesses.map((witness) =>
      witness.map((numbers, at) => {
        const before = witness === first ? undefined : first?.[at];
        const isSame = before?.every((value, place) => value === numbers[place]) === true;
        return isSame ? null : packedOpen(numbers, printed[at] ?? numbers);
      }),
    ),
    ways: ways.list,
    cells: packed(ways.of),
  };
}

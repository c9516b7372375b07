/** What shows that everything is releasable: tables of numbers that are not the true ones, and print the same. */
import { createHash } from "node:crypto";
import type { AuditInput, AuditResult } from "../audit-result.ts";
import type { Layout, Witness } from "../check/layout.ts";
import type { Shown, ShownBy } from "../check/shown.ts";
import { cellKey } from "../describe/cell-name.ts";
import type { Policy } from "../describe/description.ts";
import type { WorldParts } from "../model/world.ts";
import { sortedJson } from "../sorted-json.ts";
import { packed } from "./packed-numbers.ts";

export interface Certificate {
  readonly certificate: 1;
  /** Of all the rest: whoever changes something by accident is told so. It keeps out nobody who wants to. */
  readonly seal: string;
  readonly policy: Policy;
  readonly inputs: readonly Pick<AuditInput, "release" | "file" | "sha256">[];
  readonly worlds: readonly CertifiedWorld[];
}

/** Of the same patients. */
export interface CertifiedWorld {
  readonly study: string;
  readonly data: string;
  readonly dates: readonly string[];
  /** Values of each column of the layouts. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly layouts: readonly {
    readonly quantity: string;
    readonly date: string;
    readonly columns: readonly string[];
  }[];
  /** Numbers of each layout, packed; null where they are those of the first witness. */
  readonly witnesses: readonly (readonly (string | null)[])[];
  /** By cell, what shows its values: a witness, or one with two places of some layouts exchanged. */
  readonly cells: Readonly<Record<string, readonly PackedShownBy[]>>;
}

export type PackedShownBy =
  | readonly [witness: number]
  | readonly [witness: number, a: number, b: number, layouts: readonly number[]];

export function certificateOf(
  { policy, inputs }: AuditResult,
  parts: readonly WorldParts[],
  shown: readonly (Shown | null)[],
): Certificate {
  return sealed({
    certificate: 1,
    policy,
    inputs: inputs.map(({ release, file, sha256 }) => ({ release, file, sha256 })),
    worlds: parts.map(({ study, data, dates }, at) => ({
      ...{ study, data, dates },
      ...worldOf(shown[at] ?? { layouts: [], witnesses: [], cells: [] }),
    })),
  });
}

export function sealed(rest: Omit<Certificate, "seal">): Certificate {
  return { ...rest, seal: sealOf(rest) };
}

export function sealOf(rest: unknown): string {
  return createHash("sha256").update(sortedJson(rest)).digest("hex");
}

function worldOf({
  layouts,
  witnesses,
  cells,
}: Shown): Pick<CertifiedWorld, "columns" | "layouts" | "witnesses" | "cells"> {
  const columns = layouts.flatMap((layout) => layout.columns);
  const [first] = witnesses;
  return {
    columns: Object.fromEntries(columns.map(({ name, values }) => [name, values])),
    layouts: layouts.map(({ quantity, date, columns: own }: Layout) => ({
      ...{ quantity, date },
      columns: own.map(({ name }) => name),
    })),
    witnesses: witnesses.map((witness) => packedWitness(witness, first)),
    cells: Object.fromEntries(cells.map(({ name, by }) => [cellKey(name), by.map(packedBy)])),
  };
}

function packedWitness(witness: Witness, first: Witness | undefined): readonly (string | null)[] {
  return witness.map((numbers, at) => {
    const before = witness === first ? undefined : first?.[at];
    const isSame = before?.every((value, place) => value === numbers[place]) === true;
    return isSame ? null : packed(numbers);
  });
}

function packedBy({ witness, exchange }: ShownBy): PackedShownBy {
  return exchange === undefined ? [witness] : [witness, ...exchange.places, exchange.layouts];
}

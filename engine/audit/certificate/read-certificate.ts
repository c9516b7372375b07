/** A certificate as plain data. Problems: audit-not-json, audit-description, which name the place. */
import { JsonValue, parsedJson } from "../describe/json-reader.ts";
import { policyIn } from "../describe/read-description.ts";
import type { Policy } from "../describe/description.ts";
import { sealOf } from "./certificate.ts";
import type { Certificate, CertifiedWorld, PackedShownBy } from "./certificate.ts";

/** What stands in the file; whether it is true is another question. */
export interface ReadCertificate extends Omit<Certificate, "policy" | "seal"> {
  readonly isAsWritten: boolean;
  readonly policy: Partial<Policy>;
}

export function readCertificate(text: string, file: string): ReadCertificate {
  const held = parsedJson(text, file);
  const top = new JsonValue(held, file);
  top.object(["certificate", "policy", "inputs", "worlds", "seal"]);
  if (top.key("certificate").whole() !== 1) top.key("certificate").refuse("1");
  return {
    certificate: 1,
    isAsWritten: top.key("seal").text() === sealOf({ ...(held as object), seal: undefined }),
    policy: policyIn(top.key("policy")),
    inputs: top
      .key("inputs")
      .list()
      .map((input) => {
        input.object(["release", "file", "sha256"]);
        const text = (key: string): string => input.key(key).text();
        return { release: text("release"), file: text("file"), sha256: text("sha256") };
      }),
    worlds: top.key("worlds").list().map(worldIn),
  };
}

function worldIn(world: JsonValue): CertifiedWorld {
  world.object(["study", "data", "dates", "columns", "layouts", "witnesses", "cells"]);
  const entries = (key: string) => Object.entries(world.key(key).object());
  return {
    study: world.key("study").text(),
    data: world.key("data").text(),
    dates: world.key("dates").texts(),
    columns: Object.fromEntries(entries("columns").map(([name, own]) => [name, own.texts()])),
    layouts: world
      .key("layouts")
      .list()
      .map((layout) => {
        layout.object(["quantity", "date", "columns"]);
        const [quantity, date] = [layout.key("quantity").text(), layout.key("date").text()];
        return { quantity, date, columns: layout.key("columns").texts() };
      }),
    witnesses: world
      .key("witnesses")
      .list()
      .map((witness) => witness.list().map((own) => (own.isNull ? null : own.text()))),
    cells: Object.fromEntries(
      entries("cells").map(([name, by]) => [name, by.list().map(shownByIn)]),
    ),
  };
}

function shownByIn(by: JsonValue): PackedShownBy {
  const [witness, a, b, layouts, ...more] = by.list();
  if (witness === undefined || more.length > 0) return by.refuse("a witness");
  if (a === undefined) return [witness.whole()];
  if (b === undefined || layouts === undefined) return by.refuse("two places and layouts");
  return [witness.whole(), a.whole(), b.whole(), layouts.list().map((one) => one.whole())];
}

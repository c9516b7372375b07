/** A certificate as plain data. Problems: audit-not-json; audit-description, which names the place; audit-certificate-format. */
import { visibleText } from "../../base/visible-text.ts";
import { JsonValue, parsedJson } from "../describe/json-reader.ts";
import { policyIn } from "../describe/read-description.ts";
import type { Policy } from "../describe/description.ts";
import { fail } from "../problems.ts";
import type { WayPart } from "../check/shown.ts";
import { CERTIFICATE_FORMAT, sealOf } from "./certificate.ts";
import type { Certificate, CertifiedWorld } from "./certificate.ts";

/** What stands in the file; whether it is true is another question. */
export interface ReadCertificate extends Omit<Certificate, "policy" | "seal"> {
  readonly isAsWritten: boolean;
  readonly policy: Partial<Policy>;
}

export function readCertificate(text: string, file: string): ReadCertificate {
  const held = parsedJson(text, file);
  const top = new JsonValue(held, file);
  const format = top.key("certificate").whole();
  if (format !== CERTIFICATE_FORMAT)
    fail("audit-certificate-format", { file: visibleText(file), format, read: CERTIFICATE_FORMAT });
  top.object(["certificate", "policy", "inputs", "groups", "worlds", "seal"]);
  return {
    certificate: CERTIFICATE_FORMAT,
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
    groups: top
      .key("groups")
      .list()
      .map((own) => own.texts()),
    worlds: top.key("worlds").list().map(worldIn),
  };
}

function worldIn(world: JsonValue): CertifiedWorld {
  world.object(["study", "data", "dates", "columns", "layouts", "witnesses", "ways", "cells"]);
  const columns = Object.entries(world.key("columns").object());
  return {
    study: world.key("study").text(),
    data: world.key("data").text(),
    dates: world.key("dates").texts(),
    columns: Object.fromEntries(columns.map(([name, place]) => [name, place.whole()])),
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
    ways: world
      .key("ways")
      .list()
      .map((way) => way.list().map(partIn)),
    cells: world.key("cells").text(),
  };
}

function partIn(part: JsonValue): WayPart {
  const [witness, other, layouts, ...more] = part.list();
  if (witness === undefined || more.length > 0) return part.refuse("a witness");
  if (other === undefined) return [witness.whole()];
  if (layouts === undefined) return part.refuse("a place and layouts");
  return [witness.whole(), other.whole(), layouts.list().map((one) => one.whole())];
}

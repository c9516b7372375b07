/** The command `verify-certificate`: whether a certificate shows that published measures are releasable. */
import { readCertificate } from "../audit/certificate/read-certificate.ts";
import { verifyCertificate } from "../audit/certificate/verify-certificate.ts";
import { sortedJson } from "../audit/sorted-json.ts";
import { visibleText } from "../base/visible-text.ts";
import type { RequestOf } from "../options/command-table.ts";
import { described, policyFor, textOf } from "./audit-source.ts";

/** Exit code 1 where it does not. Problems: usage, audit-not-json, audit-description, and those of `described`. */
export async function verifyCertificateCommand(
  request: RequestOf<"verify-certificate">,
  folder: string,
): Promise<{ readonly lines: readonly string[]; readonly exitCode: 0 | 1 }> {
  const { file, json } = request;
  const certificate = readCertificate(textOf(file, folder), file);
  const { description } = await described(request, folder);
  const policy = policyFor(request, description, folder);
  const verified = verifyCertificate(certificate, { ...description, policy });
  const exitCode = verified.holds ? 0 : 1;
  if (json) return { lines: [sortedJson(verified)], exitCode };
  if (!verified.holds)
    return { lines: [visibleText(`The certificate does not hold: ${verified.why}`)], exitCode };
  const { cells, exact } = verified;
  const also = exact === 0 ? "" : `; ${exact} more can be worked out and are not small`;
  return {
    lines: [`The certificate holds: ${cells} numbers have tables that print the same${also}.`],
    exitCode,
  };
}

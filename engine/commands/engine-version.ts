import { readFileSync } from "node:fs";

/**
 * The version in package.json, which lies above both engine/commands and dist. It is part of every
 * fingerprint: another engine's files are made anew.
 */
export const engineVersion: string = versionFrom(
  import.meta.url.endsWith(".ts") ? "../../package.json" : "../package.json",
);

function versionFrom(path: string): string {
  const text = readFileSync(new URL(path, import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** The `config:` of the action deciles-charts. */
import { fail } from "../problems.ts";

export interface DecilesConfig {
  /** 1 to 9 and 91 to 99 per cent too. */
  readonly outer: boolean;
  readonly tables: boolean;
  readonly charts: boolean;
}

/** What is not said has its default. Problem: deciles-config. */
export function decilesConfig(text: string | undefined): DecilesConfig {
  const config = recordIn(parsed(text ?? "{}"), "config");
  const part = (key: string) => recordIn(config[key] ?? {}, key);
  return {
    outer: flagIn(config, "show_outer_percentiles", false),
    tables: flagIn(part("tables"), "output", true),
    charts: flagIn(part("charts"), "output", true),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("deciles-config", { what: "config", wanted: "a JSON object" });
  }
}

function recordIn(held: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof held === "object" && held !== null && !Array.isArray(held)) {
    return held as Readonly<Record<string, unknown>>;
  }
  return fail("deciles-config", { what, wanted: "a mapping" });
}

function flagIn(held: Readonly<Record<string, unknown>>, key: string, byDefault: boolean): boolean {
  const value = held[key] ?? byDefault;
  return typeof value === "boolean"
    ? value
    : fail("deciles-config", { what: key, wanted: "true or false" });
}

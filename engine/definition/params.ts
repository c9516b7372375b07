/** What the command says to a study with `--param NAME=VALUE`. */
import { fail } from "./author-side-problems.ts";
import { studyHost } from "./host.ts";

/**
 * The value of a parameter, always text. Without a `fallback`, a parameter that was not given is the
 * problem "missing-param".
 *
 * @example indexDate: param("start", "2020-01-01")
 */
export function param(name: string, fallback?: string): string {
  const { params } = studyHost();
  const value = Object.hasOwn(params, name) ? params[name] : fallback;
  return value ?? fail("missing-param", { name });
}

/**
 * All parameters by name. Reading one that was not given is the problem "missing-param"; ask with
 * `"name" in params`, or use {@link param} with a fallback.
 *
 * @example const region = params["region"];
 */
export const params: Readonly<Record<string, string>> = new Proxy(
  {},
  {
    get: (_target, name) => (typeof name === "string" ? param(name) : undefined),
    has: (_target, name) => typeof name === "string" && Object.hasOwn(studyHost().params, name),
    ownKeys: () => Object.keys(studyHost().params),
    getOwnPropertyDescriptor: (_target, name) =>
      typeof name === "string" && Object.hasOwn(studyHost().params, name)
        ? { value: param(name), enumerable: true, configurable: true }
        : undefined,
    set: () => false,
  },
);

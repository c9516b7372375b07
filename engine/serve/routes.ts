/** Addresses and who answers them. A part of an address is a name of a record or a hash, and never a path. */
import { fail } from "./problems.ts";
import type { Reply } from "./reply.ts";

export interface Asked {
  /** The value of a `:part` of the route's path. */
  readonly part: (name: string) => string;
  readonly query: URLSearchParams;
  /** Empty but for `POST`. */
  readonly form: URLSearchParams;
}

export interface Route {
  readonly method: "GET" | "POST";
  /** `/runs/:run/outputs/:sha256` */
  readonly path: string;
  readonly answer: (asked: Asked) => Reply | Promise<Reply>;
}

export interface FoundRoute {
  readonly route: Route;
  readonly part: Asked["part"];
}

/** Letters and digits: what stands in an address can lead nowhere. */
const PART = /^[A-Za-z0-9]{1,64}$/;

/** Problems: page-unknown; method-refused where only another method has it. */
export function findRoute(routes: readonly Route[], method: string, path: string): FoundRoute {
  const parts = path.split("/");
  const there = routes.flatMap((route) => {
    const found = partsOf(route.path, parts);
    return found === null ? [] : [{ route, part: (name: string) => found.get(name) ?? "" }];
  });
  if (there.length === 0) return fail("page-unknown", {});
  return there.find(({ route }) => route.method === method) ?? fail("method-refused", {});
}

function partsOf(path: string, given: readonly string[]): ReadonlyMap<string, string> | null {
  const wanted = path.split("/");
  if (wanted.length !== given.length) return null;
  const found = new Map<string, string>();
  for (const [at, want] of wanted.entries()) {
    const have = given[at] ?? "";
    if (!want.startsWith(":") && want !== have) return null;
    if (want.startsWith(":") && !PART.test(have)) return null;
    if (want.startsWith(":")) found.set(want.slice(1), have);
  }
  return found;
}

/** Which requests are heard at all, before any route is looked for. */
import type { IncomingHttpHeaders } from "node:http";
import { fail } from "./problems.ts";
import type { Session } from "./session.ts";

/** The name that a browser has of this machine; a port may be one that was forwarded here. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?$/;

/**
 * A name that leads here but is another's is a page that had its name changed to this machine's (DNS rebinding).
 * Problem: host-refused.
 */
export function refuseOtherHosts({ host }: IncomingHttpHeaders): void {
  if (host === undefined || !OWN_HOST.test(host)) fail("host-refused", {});
}

/** Not even to look: a page of another site could load ours into itself. Problem: origin-refused. */
export function refuseOtherSites(headers: IncomingHttpHeaders): void {
  const site = headers["sec-fetch-site"] ?? "none";
  if (site !== "none" && site !== "same-origin") fail("origin-refused", {});
}

/** Browsers say with every form where it stands. Problem: origin-refused. */
export function refuseOtherOrigins({ origin, host }: IncomingHttpHeaders): void {
  if (host === undefined || origin !== `http://${host}`) fail("origin-refused", {});
}

/** Problem: no-session. */
export function refuseStrangers(headers: IncomingHttpHeaders, session: Session): void {
  const value = cookieOf(headers);
  if (value === null || !session.isCookie(value)) fail("no-session", {});
}

/** Cookies know no ports: each server of this kind has its own name, so that two can be open in one browser. */
function cookieName({ host }: IncomingHttpHeaders): string {
  return `cohortline-${/:([0-9]+)$/.exec(host ?? "")?.[1] ?? "80"}`;
}

function cookieOf(headers: IncomingHttpHeaders): string | null {
  const name = `${cookieName(headers)}=`;
  const parts = (headers.cookie ?? "").split(";").map((part) => part.trim());
  return parts.find((part) => part.startsWith(name))?.slice(name.length) ?? null;
}

export function cookieHeader(headers: IncomingHttpHeaders, value: string): string {
  return `${cookieName(headers)}=${value}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Files that every release holds besides what is released. */

/** What a release says of itself; by it a later one is compared with this one. */
export const PACK_FILE = "release.json";
export const PAGE_FILE = "release.html";
export const CERTIFICATE_FILE = "audit.certificate.json";

export const ownFiles: ReadonlySet<string> = new Set([PACK_FILE, PAGE_FILE, CERTIFICATE_FILE]);

/** What a site can say of tables that its OMOP database does not have. */
import { areAllEvents, MAY_BE_ABSENT } from "./declared.ts";
import type { OmopDeclared } from "./declared.ts";

/** All at once, in the words of where it declares them; "" where nothing would be recorded at all without them. */
export function ifMissing({
  absent,
  saidIn,
}: Pick<OmopDeclared, "absent" | "saidIn">): (tables: readonly string[]) => string {
  return (tables) => {
    const missing = new Set(tables.map((name) => name.split(".").at(-1)));
    const lacked = MAY_BE_ABSENT.filter((name) => absent.includes(name) || missing.has(name));
    const isNew = lacked.some((name) => missing.has(name) && !absent.includes(name));
    if (!isNew || areAllEvents(lacked)) return "";
    return saidIn === "url"
      ? `If the site never had such tables, say so in the database URL: absent=${lacked.join()}`
      : `If the site never had such tables, say so in the mapping file: absent: [${lacked.join(", ")}]`;
  };
}

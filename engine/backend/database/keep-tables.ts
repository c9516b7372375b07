/** Tables that a query needs before it, for as long as it needs them. */
import type { KeptTable } from "../../sql/gather.ts";
import type { Records } from "./records.ts";

export type Keeping = Pick<Records, "session" | "dialect">;

/** Makes them, in order; gives what discards them. Where one cannot be made, none is left. */
export async function keepTables(
  tables: readonly KeptTable[],
  { session, dialect }: Keeping,
): Promise<() => Promise<void>> {
  const discard = async (): Promise<void> => {
    for (const { name } of tables) await session.run(dialect.discard(name));
  };
  try {
    for (const { name, query } of tables) await session.run(dialect.keep(name, query));
  } catch (error) {
    await discard();
    throw error;
  }
  return discard;
}

/** Does something while they are there. */
export async function whileKept<T>(
  tables: readonly KeptTable[],
  keeping: Keeping,
  act: () => Promise<T>,
): Promise<T> {
  const discard = await keepTables(tables, keeping);
  try {
    return await act();
  } finally {
    await discard();
  }
}

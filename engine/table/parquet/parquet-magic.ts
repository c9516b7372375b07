/** Whether a file is parquet at all, told before DuckDB sees it. */
import { open } from "node:fs/promises";

import { fail } from "../../base/problems.ts";
import { failForFile } from "../file-problem.ts";

const MAGIC = "PAR1";
const LEAST = 12;

/** Problems: file-not-found and kin, wrong-magic, broken-table for a file cut short. */
export async function mustBeParquet(file: string): Promise<void> {
  const { start, end, bytes } = await edgesOf(file).catch((error: unknown) =>
    failForFile(error, file, "read"),
  );
  if (start !== MAGIC) fail("wrong-magic", { file, format: "parquet", found: null });
  if (bytes < LEAST || end !== MAGIC) fail("broken-table", { file, format: "parquet" });
}

async function edgesOf(file: string) {
  const handle = await open(file, "r");
  try {
    const { size: bytes } = await handle.stat();
    const textAt = async (from: number): Promise<string> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, from);
      return buffer.toString("latin1", 0, bytesRead);
    };
    return { bytes, start: await textAt(0), end: await textAt(Math.max(0, bytes - 4)) };
  } finally {
    await handle.close();
  }
}

/** Files of the study's own that the words of an action name: what is in them decides what it makes. */
import { posix } from "node:path";
import type { ActionRequest } from "../../options/read-words.ts";

/** Of the code: those of a policy and of known numbers, and all of earlier releases. */
export function namedFiles(
  request: ActionRequest | null,
  code: readonly string[],
): readonly string[] {
  if (request?.command !== "audit") return [];
  const { known, policy, earlier } = request;
  const files = new Set([known, policy].flatMap((path) => (path === undefined ? [] : plain(path))));
  const folders = earlier.map((folder) => `${plain(folder)}/`);
  return code.filter(
    (path) => files.has(path) || folders.some((folder) => path.startsWith(folder)),
  );
}

/** `./released//2021/` is `released/2021`. */
function plain(path: string): string {
  return posix.join(path, ".").replace(/\/$/, "");
}

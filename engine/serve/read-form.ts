/** What a form sends. */
import type { IncomingMessage } from "node:http";
import { MOST_FORM_BYTES } from "./limits.ts";
import { fail } from "./problems.ts";

const FORM = /^application\/x-www-form-urlencoded(?:;|$)/i;

/** Problems: form-too-large; form-refused for any other kind of content. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (!FORM.test(request.headers["content-type"] ?? "")) return fail("form-refused", {});
  const bytes = await bytesOf(request);
  return bytes === null ? fail("form-too-large", {}) : new URLSearchParams(bytes.toString("utf8"));
}

/** Null for more than a form may have: the rest runs into nothing, until the time for a request is over. */
function bytesOf(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    let pieces: Buffer[] = [];
    let length = 0;
    request.on("data", (piece: Buffer) => {
      length += piece.length;
      if (length <= MOST_FORM_BYTES) pieces.push(piece);
      else {
        pieces = [];
        resolve(null);
      }
    });
    request.on("end", () => {
      resolve(Buffer.concat(pieces));
    });
    request.on("error", reject);
  });
}

/** What a route answers with; what a browser is sent is made of it in one place. */
import type { Html } from "../text/html.ts";

export type Reply =
  | {
      readonly kind: "page";
      readonly status: number;
      readonly title: string;
      readonly body: Html;
    }
  /** Go and look there; a path of this server. */
  | { readonly kind: "see"; readonly path: string }
  | {
      readonly kind: "bytes";
      readonly type: string;
      readonly bytes: Buffer;
      /** The name it is saved by; null where the browser shows it. */
      readonly saveAs: string | null;
    }
  /** Events as they come: `begin` is given the way to send, and gives the end of it. */
  | { readonly kind: "events"; readonly begin: (send: SendEvent) => () => void };

/** What is sent to many pages is made once. */
export type SendEvent = (event: Buffer) => void;

/** `data` has no line ends: JSON. */
export function eventBytes(event: string, data: string): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${data}\n\n`);
}

/** Says only that something changed: what it is, a page asks for itself. */
export const CHANGED = eventBytes("changed", "{}");

export function page(title: string, body: Html, status = 200): Reply {
  return { kind: "page", status, title, body };
}

import { timeText } from "../record/run-times.ts";
import { markup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";

/** In UTC, so that a program can show it in another zone as well. */
export function timeHtml(at: string | null): Html {
  return at === null ? markup`-` : markup`<time datetime="${at}">${timeText(at)}</time>`;
}

/** Minimal quoting: only a text that would be misread without quotes gets them. */

/** The text as a csv field. */
export function quotedField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

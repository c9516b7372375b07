/** Which texts can be a file's name on Linux, macOS and Windows alike. */

/** Of 255 that file systems allow, with room for what stands before and behind: a date, an extension. */
const MOST_BYTES = 200;

const REFUSED = /[/\\:*?"<>|]/;
/** Control, format and half characters, and separators of lines: a name with them looks like another. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Windows keeps these for devices, whatever the extension. */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;

/** Why the text cannot be a file's name everywhere, as "it …"; null where it can. */
export function fileNameFault(name: string): string | null {
  if (name === "") return "is empty";
  const refused = REFUSED.exec(name)?.[0];
  if (refused !== undefined) return `contains ${refused}`;
  if (INVISIBLE.test(name)) return "contains a control or invisible character";
  if (/^ | $|\.$/.test(name)) return "begins or ends with a blank, or ends with a dot";
  if (DEVICE.test(name)) return "is a name that Windows reserves";
  if (Buffer.byteLength(name) > MOST_BYTES) return `is longer than ${MOST_BYTES} bytes`;
  return null;
}

/** Equal for names that some file system takes for one: it may not tell case or ways to write `é`. */
export function foldedFileName(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

import { InvalidArgumentError } from "commander";

/** The value of an option that counts something: 1 to 1,000,000,000. */
export function positiveInteger(text: string): number {
  if (/^[0-9]+$/.test(text) && Number(text) >= 1 && Number(text) <= 1e9) return Number(text);
  const digits = text.replace(/[,_ ']/g, "");
  const meant = digits !== text && /^[1-9][0-9]{0,8}$/.test(digits) ? ` Write ${digits}.` : "";
  throw new InvalidArgumentError(`It must be a whole number above 0, in digits only.${meant}`);
}

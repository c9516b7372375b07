/**
 * Who is let in: whoever opened the address on the terminal, and nobody else. Other users of the machine reach
 * its ports as well as we do, and so does every page in the person's browser.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface Session {
  /** The secret part of the address that opens next. */
  readonly invitation: () => string;
  /** The cookie's value, once for each invitation; null for any other text. */
  readonly accept: (invitation: string) => string | null;
  readonly isCookie: (value: string) => boolean;
  /** Stands in every form, so that another site cannot make one. */
  readonly formToken: string;
  readonly isFormToken: (value: string) => boolean;
}

/** `onUsed` hears that a new invitation stands: the one before has been used. */
export function openSession(onUsed: () => void): Session {
  const cookie = secret();
  const formToken = secret();
  let invitation = secret();
  return {
    invitation: () => invitation,
    accept: (given) => {
      if (!isSame(given, invitation)) return null;
      invitation = secret();
      onUsed();
      return cookie;
    },
    isCookie: (value) => isSame(value, cookie),
    formToken,
    isFormToken: (value) => isSame(value, formToken),
  };
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

/** Of this process alone: sums are compared, so that how long it takes says nothing of the texts. */
const comparing = randomBytes(32);

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(sum(a), sum(b));
}

function sum(text: string): Buffer {
  return createHmac("sha256", comparing).update(text).digest();
}

/** Why a call of the program failed, in the numbers of WASI preview 1. */

export const errno = {
  access: 2,
  badDescriptor: 8,
  exists: 20,
  illegalBytes: 25,
  invalid: 28,
  isFolder: 31,
  tooManyFiles: 33,
  nameTooLong: 37,
  noEntry: 44,
  noSpace: 51,
  notFolder: 54,
  notEmpty: 55,
  notSupported: 58,
  notPermitted: 63,
  readOnly: 69,
  notSeekable: 70,
  outside: 76,
} as const;

export type Errno = (typeof errno)[keyof typeof errno];

/** Ends one call of the program with a number; the program goes on. */
export class CallRefused extends Error {
  readonly errno: Errno;

  constructor(number: Errno) {
    super(`refused with ${number}`);
    this.errno = number;
  }
}

export function refuse(reason: keyof typeof errno): never {
  throw new CallRefused(errno[reason]);
}

/** How much of the machine an author's file may use. */

/** A megabyte is 2^20 bytes. */
export interface SandboxLimits {
  /** Wall-clock seconds that the file may run, reading included; bundling is not counted. */
  readonly seconds: number;
  /** Memory of the interpreter. */
  readonly megabytes: number;
  /** The author's sources and imported JSON, all together. */
  readonly sourceMegabytes: number;
  /** All files that the study reads while it runs, and all that it writes: each sum separately. */
  readonly fileMegabytes: number;
  /** The JSON that comes out. */
  readonly resultMegabytes: number;
}

export const defaultLimits: SandboxLimits = {
  seconds: 30,
  megabytes: 512,
  sourceMegabytes: 20,
  fileMegabytes: 256,
  resultMegabytes: 64,
};

export const MEGABYTE = 1_048_576;

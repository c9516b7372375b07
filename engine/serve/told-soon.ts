/** Changes that come close together are told together: the first soon after it came, the next ones not too often. */
export interface Pace {
  /** Milliseconds from a change to its telling, where nothing was told of late. */
  readonly first: number;
  /** From one telling to the next. */
  readonly between: number;
}

export interface ToldSoon {
  readonly changed: () => void;
  readonly stop: () => void;
}

export function toldSoon(tell: () => void, { first, between }: Pace): ToldSoon {
  let timer: NodeJS.Timeout | null = null;
  let last = -Infinity;
  const now = (): void => {
    timer = null;
    last = performance.now();
    tell();
  };
  return {
    changed: () => {
      const wait = Math.max(first, last + between - performance.now());
      timer ??= setTimeout(now, wait).unref();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

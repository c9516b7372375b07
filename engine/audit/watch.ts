/** Whoever waits for an audit: hears how far it is, and can end it early. */

export interface Watch {
  /** True ends every search: what is proved by then stays, and all else is undecided. */
  readonly isStopped: () => boolean;
  readonly progress: (work: {
    readonly label: string;
    /** What is counted, in the plural. */
    readonly unit: string;
    readonly total: number;
  }) => WatchedWork;
}

interface WatchedWork {
  readonly advance: (units: number) => void;
  readonly end: () => void;
}

/**
 * Moments of time as days. A moment is another day in each time zone, so that only midnight says which day is meant:
 * R makes such columns of dates (`as.POSIXct`), in the zone of its session or in UTC.
 */

const DAY = 86_400;

/** Seconds since 1970-01-01 in UTC as days since then; NOT_A_DAY where the moment is at another time of day. */
export type DayOfInstant = (seconds: number) => number;

/** In place of a day: a moment at another time than midnight. */
export const NOT_A_DAY = Infinity;

/**
 * The days of one column, of which every moment must be midnight of its zone, or every one midnight of UTC: where
 * both are the same, so are the days, and the first moment that differs decides. Null for a zone that is not known.
 */
export function instantDays(zone: string): DayOfInstant | null {
  const offsetAt = zoneOffsets(zone);
  if (offsetAt === null) return null;
  let kept: "zone" | "utc" | null = null;
  return (seconds) => {
    const [utc, own] = [midnightOf(seconds), dayInZone(seconds, offsetAt)];
    if (utc !== null && utc === own) return utc;
    if (own !== null && kept !== "utc") {
      kept = "zone";
      return own;
    }
    if (utc === null || kept === "zone") return NOT_A_DAY;
    kept = "utc";
    return utc;
  };
}

function midnightOf(seconds: number): number | null {
  return seconds % DAY === 0 ? seconds / DAY : null;
}

/** In some zones clocks are put on at midnight: that day begins at one o'clock. */
function dayInZone(seconds: number, offsetAt: (seconds: number) => number): number | null {
  const local = seconds + offsetAt(seconds);
  if (local % DAY === 0) return local / DAY;
  const day = Math.floor(local / DAY);
  const before = seconds - 1 + offsetAt(seconds - 1);
  return local % 3600 === 0 && Math.floor(before / DAY) < day ? day : null;
}

/** How many seconds the clocks of the zone are ahead of UTC at a moment. */
function zoneOffsets(zone: string): ((seconds: number) => number) | null {
  if (zone === "UTC" || zone === "GMT" || zone === "Etc/UTC") return () => 0;
  const fixed = offsetOf(zone);
  if (fixed !== null) return () => fixed;
  const names = zoneNames(zone);
  if (names === null) return null;
  const known = new Map<number, number>();
  return (seconds) => {
    const found = known.get(seconds);
    if (found !== undefined) return found;
    const offset = offsetOf(names(seconds)) ?? 0;
    if (known.size < MOST_KEPT) known.set(seconds, offset);
    return offset;
  };
}

const MOST_KEPT = 1 << 16;

/** Beyond it there is no date. */
const LAST_MOMENT = 8.64e12;

/** The offset of the zone at a moment in words: `GMT+01:00`. */
function zoneNames(timeZone: string): ((seconds: number) => string) | null {
  try {
    const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
    return (seconds) => {
      if (!(Math.abs(seconds) <= LAST_MOMENT)) return "";
      const parts = format.formatToParts(seconds * 1000);
      return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** `+01:00`, `-0330`, `GMT-00:01:15`. */
function offsetOf(text: string): number | null {
  const parts = /^(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})(?::(\d{2}))?$/.exec(text);
  if (parts === null) return null;
  const [, sign, hours, minutes, seconds = "0"] = parts;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === "-" ? -size : size;
}

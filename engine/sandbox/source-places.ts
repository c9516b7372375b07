/** Where in the author's own files a stack trace of the interpreter begins. */
import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";
import type { Place } from "../base/problems.ts";
import { workspacePath } from "./bundle-problems.ts";
import type { StudyBundle } from "./bundle-study.ts";
import { stripControlCharacters } from "./strip-control-characters.ts";

/** A line of an author's file. */
export interface SourcePlace extends Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface SourcePlaces {
  /** The innermost frame in a file of the author, library and built-in functions left out, or null. */
  readonly ofStack: (stack: string) => SourcePlace | null;
  /** The author's line there, fit for a message; "" if unknown. */
  readonly lineAt: (place: SourcePlace | null) => string;
}

/** A frame in the bundled script, as QuickJS writes it: `at name (study.js:12:34)`. */
const FRAME = /\bstudy\.js:(\d{1,9}):(\d{1,9})\)?$/gm;

/** Decodes the bundle's source map, at the first question. */
export function sourcePlaces({ map, sources }: StudyBundle): SourcePlaces {
  let decoded: SourceMap | undefined;
  return {
    ofStack: (stack) => {
      for (const [, line, column] of stack.matchAll(FRAME)) {
        decoded ??= new SourceMap(JSON.parse(map) as SourceMapPayload);
        const place = authorPlace(decoded, Number(line), Number(column));
        if (place !== null) return place;
      }
      return null;
    },
    lineAt: (place) => {
      const source = place === null ? undefined : sources.get(place.file);
      return stripControlCharacters(source?.split("\n")[(place?.line ?? 0) - 1] ?? "", 160);
    },
  };
}

/** Positions of source maps count from 0, those of stack traces and of places from 1. */
function authorPlace(map: SourceMap, line: number, column: number): SourcePlace | null {
  const found = map.findEntry(line - 1, column - 1);
  const file = "originalSource" in found ? workspacePath(found.originalSource) : null;
  if (file === null || !("originalSource" in found)) return null;
  return { file, line: found.originalLine + 1, column: found.originalColumn + 1 };
}

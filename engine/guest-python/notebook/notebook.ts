/** A notebook, nbformat 4, as it lies in its file and as it is after its cells have run. */
import { isRecord } from "../../base/is-record.ts";

export type CellOutput =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "display_data" | "execute_result";
      /** By MIME type. */
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

export interface Cell {
  readonly kind: "code" | "markdown" | "raw";
  readonly source: string;
  readonly tags: readonly string[];
  /** Pictures that its text shows, as `data:` addresses by their names. */
  readonly attachments: ReadonlyMap<string, string>;
  /** As they stand in the file; of no kind but code. */
  readonly outputs: readonly CellOutput[];
  /** As it stands in the file, for writing it again. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly language: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Null where the text is no notebook of nbformat 4. */
export function notebookIn(text: string): Notebook | null {
  const raw = parsed(text);
  const cells = raw?.["cells"];
  if (raw?.["nbformat"] !== 4 || !Array.isArray(cells) || !cells.every(isRecord)) return null;
  const metadata = recordIn(raw, "metadata");
  const { language, name } = { ...recordIn(metadata, "kernelspec") };
  const spoken = recordIn(metadata, "language_info")["name"] ?? language ?? name ?? "python";
  return {
    cells: cells.map(cellOf),
    language: typeof spoken === "string" ? spoken.toLowerCase() : "python",
    raw,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function cellOf(raw: Readonly<Record<string, unknown>>): Cell {
  const kind = raw["cell_type"];
  const tags = recordIn(raw, "metadata")["tags"];
  const outputs = raw["outputs"];
  return {
    kind: kind === "code" || kind === "markdown" ? kind : "raw",
    source: textIn(raw["source"]),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    attachments: attachmentsIn(recordIn(raw, "attachments")),
    outputs: Array.isArray(outputs) ? outputs.flatMap((each) => outputIn(each) ?? []) : [],
    raw,
  };
}

function attachmentsIn(
  attachments: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  const pictures = Object.entries(attachments).flatMap(([name, bundle]) =>
    Object.entries(isRecord(bundle) ? bundle : {})
      .filter(([type]) => /^image\/[\w.+-]+$/.test(type))
      .map(([type, data]) => [name, `data:${type};base64,${textIn(data)}`] as const),
  );
  return new Map(pictures);
}

/** What a guest, or a file, gives as an output; null where it is none. */
export function outputIn(value: unknown): CellOutput | null {
  if (!isRecord(value)) return null;
  const { output_type: type, name, text, ename, evalue, traceback } = value;
  switch (type) {
    case "stream":
      return {
        ...{ output_type: type, text: textIn(text) },
        name: name === "stderr" ? "stderr" : "stdout",
      };
    case "display_data":
    case "execute_result": {
      const data = Object.entries(recordIn(value, "data")).map(([mime, part]) => [
        mime,
        Array.isArray(part) ? textIn(part) : part,
      ]);
      const metadata = recordIn(value, "metadata");
      return {
        ...{ output_type: type, metadata },
        data: Object.fromEntries(data) as Record<string, unknown>,
      };
    }
    case "error": {
      const lines = Array.isArray(traceback) ? traceback.map(textIn) : [];
      return {
        ...{ output_type: type, ename: textIn(ename), evalue: textIn(evalue) },
        traceback: lines,
      };
    }
    default:
      return null;
  }
}

/** A text, or a list of its lines. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(textIn).join("") : "";
}

function recordIn(
  value: Readonly<Record<string, unknown>>,
  key: string,
): Readonly<Record<string, unknown>> {
  const found = value[key];
  return isRecord(found) ? found : {};
}

/** Stata files built field by field from StataCorp's description, without the engine's writer. */

export interface StataVariable {
  readonly name: string;
  /** 1 to 2045, or 32768, 65526 … 65530. */
  readonly type: number;
  readonly format?: string;
  readonly valueLabels?: string;
}

export interface StataParts {
  readonly release?: "117" | "118" | "119";
  readonly order?: "LSF" | "MSF";
  readonly variables: readonly StataVariable[];
  /** Bytes of each cell. */
  readonly rows?: readonly (readonly Uint8Array[])[];
  readonly characteristics?: readonly (readonly [variable: string, name: string, text: string])[];
  readonly longTexts?: readonly Uint8Array[];
  readonly valueLabels?: readonly Uint8Array[];
  readonly label?: string;
  readonly timestamp?: string;
  /** Sorted by these variables, from 1. */
  readonly sortedBy?: readonly number[];
  readonly variableLabels?: readonly string[];
}

const WIDTHS = {
  "117": { K: 2, N: 4, label: 1, name: 33, format: 49, variableLabel: 81, sort: 2 },
  "118": { K: 2, N: 8, label: 2, name: 129, format: 57, variableLabel: 321, sort: 2 },
  "119": { K: 4, N: 8, label: 2, name: 129, format: 57, variableLabel: 321, sort: 4 },
};

/** A whole number in so many bytes. */
export function whole(value: number, bytes: number, order: "LSF" | "MSF" = "LSF"): Buffer {
  const out = Buffer.alloc(bytes);
  let rest = BigInt.asUintN(8 * bytes, BigInt(value));
  for (let i = 0; i < bytes; i++, rest >>= 8n) {
    out[order === "LSF" ? i : bytes - 1 - i] = Number(rest & 255n);
  }
  return out;
}

export function float(value: number, order: "LSF" | "MSF" = "LSF"): Buffer {
  const out = Buffer.alloc(4);
  if (order === "LSF") out.writeFloatLE(value);
  else out.writeFloatBE(value);
  return out;
}

export function double(value: number, order: "LSF" | "MSF" = "LSF"): Buffer {
  const out = Buffer.alloc(8);
  if (order === "LSF") out.writeDoubleLE(value);
  else out.writeDoubleBE(value);
  return out;
}

/** A text with NULs behind it. */
export function padded(value: string, bytes: number, encoding: "utf8" | "latin1" = "utf8"): Buffer {
  const out = Buffer.alloc(bytes);
  out.write(value, encoding);
  return out;
}

/** A long text of format 118; type 130 gets its NUL. */
export function longText(v: number, o: number, type: 129 | 130, value: string): Buffer {
  const text = Buffer.from(type === 130 ? `${value}\0` : value);
  const head = [Buffer.from("GSO"), whole(v, 4), whole(o, 8), whole(type, 1)];
  return Buffer.concat([...head, whole(text.length, 4), text]);
}

/** Value labels of format 118. */
export function labelTable(name: string, labels: readonly (readonly [number, string])[]): Buffer {
  const texts = labels.map(([, text]) => Buffer.from(`${text}\0`));
  const offsets = texts.map((_, at) => Buffer.concat(texts.slice(0, at)).length);
  const all = Buffer.concat(texts);
  const table = Buffer.concat([
    whole(labels.length, 4),
    whole(all.length, 4),
    ...offsets.map((offset) => whole(offset, 4)),
    ...labels.map(([value]) => whole(value, 4)),
    all,
  ]);
  const head = [Buffer.from("<lbl>"), whole(table.length, 4), padded(name, 129), Buffer.alloc(3)];
  return Buffer.concat([...head, table, Buffer.from("</lbl>")]);
}

export function stataFile(parts: StataParts): Buffer {
  const { release = "118", order = "LSF", variables, rows = [] } = parts;
  const width = WIDTHS[release];
  const number = (value: number, bytes: number): Buffer => whole(value, bytes, order);
  const { label = "", timestamp = "", sortedBy = [], variableLabels = [] } = parts;
  const header = Buffer.concat([
    Buffer.from(`<stata_dta><header><release>${release}</release>`),
    Buffer.from(`<byteorder>${order}</byteorder><K>`),
    number(variables.length, width.K),
    Buffer.from("</K><N>"),
    number(rows.length, width.N),
    Buffer.from("</N><label>"),
    number(Buffer.byteLength(label), width.label),
    Buffer.from(`${label}</label><timestamp>`),
    number(timestamp.length, 1),
    Buffer.from(`${timestamp}</timestamp></header>`),
  ]);
  const characteristics = (parts.characteristics ?? []).map(([variable, name, text]) => {
    const names = [padded(variable, width.name), padded(name, width.name)];
    const content = Buffer.concat([...names, Buffer.from(`${text}\0`)]);
    return [Buffer.from("<ch>"), number(content.length, 4), content, Buffer.from("</ch>")];
  });
  const sort = Array.from({ length: variables.length + 1 }, (_, i) => sortedBy[i] ?? 0);
  const fields: readonly (readonly [tag: string, content: readonly Uint8Array[]])[] = [
    ["variable_types", variables.map(({ type }) => number(type, 2))],
    ["varnames", variables.map(({ name }) => padded(name, width.name))],
    ["sortlist", sort.map((entry) => number(entry, width.sort))],
    ["formats", variables.map(({ format = "%9.0g" }) => padded(format, width.format))],
    ["value_label_names", variables.map(({ valueLabels = "" }) => padded(valueLabels, width.name))],
    [
      "variable_labels",
      variables.map((_, i) => padded(variableLabels[i] ?? "", width.variableLabel)),
    ],
    ["characteristics", characteristics.flat()],
    ["data", rows.flat()],
    ["strls", parts.longTexts ?? []],
    ["value_labels", parts.valueLabels ?? []],
  ];
  const sections = fields.map(([tag, content]) =>
    Buffer.concat([Buffer.from(`<${tag}>`), ...content, Buffer.from(`</${tag}>`)]),
  );
  const closing = Buffer.from("</stata_dta>");
  const mapLength = "<map></map>".length + 14 * 8;
  const places = [0, header.length, header.length + mapLength];
  for (const { length } of [...sections, closing]) places.push((places.at(-1) ?? 0) + length);
  const map = [Buffer.from("<map>"), ...places.map((at) => number(at, 8)), Buffer.from("</map>")];
  return Buffer.concat([header, ...map, ...sections, closing]);
}

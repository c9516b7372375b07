/** Writing Thrift's compact protocol, as parquet needs it: the other half of what the engine reads. */

export type Thrift =
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "int" | "long"; readonly value: number }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "list"; readonly value: readonly Thrift[] }
  | { readonly kind: "struct"; readonly value: Fields };

/** By number; absent ones are left out. */
export type Fields = Readonly<Record<number, Thrift | undefined>>;

export const int = (value: number): Thrift => ({ kind: "int", value });
export const long = (value: number): Thrift => ({ kind: "long", value });
export const flag = (value: boolean): Thrift => ({ kind: "flag", value });
export const text = (value: string): Thrift => ({ kind: "bytes", value: Buffer.from(value) });
export const bytes = (value: Uint8Array): Thrift => ({ kind: "bytes", value });
export const list = (value: readonly Thrift[]): Thrift => ({ kind: "list", value });
export const struct = (value: Fields): Thrift => ({ kind: "struct", value });

export function structBytes(fields: Fields): number[] {
  const bytes: number[] = [];
  let before = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const field = Number(name);
    bytes.push(((field - before) << 4) | typeOf(value));
    if (value.kind !== "flag") bytes.push(...bytesOf(value));
    before = field;
  }
  return [...bytes, 0];
}

function typeOf(value: Thrift): number {
  switch (value.kind) {
    case "flag":
      return value.value ? 1 : 2;
    case "int":
      return 5;
    case "long":
      return 6;
    case "bytes":
      return 8;
    case "list":
      return 9;
    case "struct":
      return 12;
  }
}

function bytesOf(value: Thrift): number[] {
  switch (value.kind) {
    case "flag":
      return [value.value ? 1 : 2];
    case "int":
    case "long":
      return varInt(value.value >= 0 ? 2 * value.value : -2 * value.value - 1);
    case "bytes":
      return [...varInt(value.value.length), ...value.value];
    case "list": {
      const [first] = value.value;
      const type = first === undefined ? 5 : typeOf(first);
      return [0xf0 | type, ...varInt(value.value.length), ...value.value.flatMap(bytesOf)];
    }
    case "struct":
      return structBytes(value.value);
  }
}

/** Seven bits a byte, the lowest first. */
export function varInt(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varInt(Math.floor(value / 128))];
}

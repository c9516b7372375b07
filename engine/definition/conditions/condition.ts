/** Conditions of `satisfying` and `categorised_as` as a tree. Types are decided by its checker. */

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type Arithmetic = "+" | "-" | "*" | "/";

/** A value inside a condition. */
export type Operand =
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "number"; readonly value: number; readonly integer: boolean }
  | { readonly kind: "text"; readonly value: string }
  | {
      readonly kind: "arithmetic";
      readonly operator: Arithmetic;
      readonly left: Operand;
      readonly right: Operand;
    };

/** `is-set` is a column standing alone: its value differs from the empty one. */
export type Condition =
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: "is-set"; readonly name: string };

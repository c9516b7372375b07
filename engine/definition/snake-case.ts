/** Names of functions and arguments: camelCase for authors, snake_case in the canonical form. */

/** `onOrBefore` to `on_or_before`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `on_or_before` to `onOrBefore`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What the last `--option VALUE` or `--option=VALUE` among the words says; null where it is not there. */
export function optionIn(words: readonly string[], option: string): string | null {
  let found: string | null = null;
  words.forEach((word, i) => {
    if (word === option) found = words[i + 1] ?? null;
    else if (word.startsWith(`${option}=`)) found = word.slice(option.length + 1);
  });
  return found;
}

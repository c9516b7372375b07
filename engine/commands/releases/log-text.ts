/** Whether a text is what a program said while it worked: logs are not released, for nobody can say what is in them. */

const STAMPED = /^\W{0,2}\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const LEVEL =
  /^\W{0,2}(?:TRACE|DEBUG|INFO|NOTE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b|\[(?:debug|info|warn|warning|error)\s*\]/;

/** By its name, a traceback, or lines of which half have a time of day or a level before them. */
export function isLog(file: string, text: string): boolean {
  if (/(?:^|[ ._-])logs?\.[a-z]+$/i.test(file)) return true;
  const lines = text.split(/\r\n|[\n\r]/).filter((line) => line.trim() !== "");
  const said = lines.filter((line) => STAMPED.test(line) || LEVEL.test(line)).length;
  return (
    /^Traceback \(most recent call last\)/m.test(text) || (said > 2 && said * 2 >= lines.length)
  );
}

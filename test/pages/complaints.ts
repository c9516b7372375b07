/** The compiler, on the studies that pages show. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type typescript from "typescript";
import { root } from "./pages.ts";

// An import would have the whole compiler scanned for its exports first, which takes a second.
const ts = createRequire(import.meta.url)("typescript") as typeof typescript;

/** What the compiler says of each text as a study's file beside the engine. */
export function complaintsOf(
  texts: readonly string[],
  ignored: readonly number[] = [],
): readonly (readonly string[])[] {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, root, {}, undefined);
  const options = { ...parsed.options, types: [] };
  const files = new Map(texts.map((text, i) => [join(root, `page-block-${i}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? read(path, language, ...rest)
      : ts.createSourceFile(path, text, language);
  };
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .filter(({ code }) => !ignored.includes(code))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  });
}

/** One YAML document from a text, with lines that go on where other tools let them. */
import { Composer, Lexer, LineCounter, Parser } from "yaml";
import type { CST, Document } from "yaml";

export interface ParsedYaml {
  readonly document: Document.Parsed | null;
  readonly lines: LineCounter;
  /** Where a document after the first begins. */
  readonly second: number | null;
}

/**
 * What is open at once while the text is read, far more than any file needs. The package would go on until no
 * stack is left, and there V8 ends the whole program if it has a pattern to compile.
 */
const MOST_OPEN = 500;

/** Null in place of the document where parts lie in one another too deeply to be followed. */
export function parseYamlDocument(text: string): ParsedYaml {
  const lines = new LineCounter();
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: "error" });
  // A line may end in CR alone, which the package takes for a letter.
  const source = text.replace(/\r(?!\n)/g, "\n");
  try {
    const tokens = tokensOf(source, lines);
    const [document = null, other] = [...composer.compose(tokens, true, source.length)];
    return { document, lines, second: other?.range[0] ?? null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { document: null, lines, second: null };
  }
}

function* tokensOf(source: string, lines: LineCounter): Generator<CST.Token> {
  const lexer = new Lexer();
  letLinesGoOn(lexer as unknown as InnerLexer);
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of lexer.lex(source)) {
    if (parser.stack.length > MOST_OPEN)
      throw new RangeError("parts lie in one another too deeply");
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

/** What the package does not show of its lexer. */
interface InnerLexer {
  /** Lines less far in end what is being read. */
  indentNext: number;
  parseFlowCollection: () => Generator<string, unknown>;
  parseQuotedScalar: () => Generator<string, unknown>;
}

/**
 * YAML 1.2 wants every line of a bracket or a quoted text further in than its key. PyYAML and ruyaml,
 * which studies are written against, do not look at the indentation there, and real studies rely on
 * it. The package has no option for this, so its lexer's own limit is lifted while it reads one; the
 * package is a part of the built file, and test/base/yaml-tree.test.ts fails if a new one differs.
 */
function letLinesGoOn(lexer: InnerLexer): void {
  for (const part of ["parseFlowCollection", "parseQuotedScalar"] as const) {
    const strict = lexer[part].bind(lexer);
    lexer[part] = function* lenient() {
      const least = lexer.indentNext;
      lexer.indentNext = 0;
      const next = yield* strict();
      lexer.indentNext = least;
      return next;
    };
  }
}

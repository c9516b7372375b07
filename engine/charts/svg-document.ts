/**
 * The little of a browser's document that the drawing library asks for: elements with attributes and text,
 * one below the other. What it draws becomes markup in which nothing of a label can break out.
 */
import { markup, trustedMarkup } from "../text/html.ts";
import type { Html } from "../text/html.ts";

const SVG = "http://www.w3.org/2000/svg";

type SvgNode = SvgElement | SvgText;

export class SvgText {
  readonly data: string;
  constructor(data: string) {
    this.data = data;
  }
}

export class SvgElement {
  readonly namespaceURI = SVG;
  readonly ownerDocument: SvgDocument;
  readonly tagName: string;
  parentNode: SvgElement | null = null;
  readonly #attributes = new Map<string, string>();
  readonly #nodes: SvgNode[] = [];

  constructor(document: SvgDocument, tagName: string) {
    this.ownerDocument = document;
    this.tagName = tagName;
  }

  get children(): readonly SvgElement[] {
    return this.#nodes.filter((node) => node instanceof SvgElement);
  }

  set textContent(text: string) {
    this.#nodes.splice(0, Infinity, new SvgText(text));
  }

  appendChild<Node extends SvgNode>(node: Node): Node {
    return this.insertBefore(node, null);
  }

  insertBefore<Node extends SvgNode>(node: Node, before: SvgNode | null): Node {
    if (node instanceof SvgElement) {
      node.parentNode?.removeChild(node);
      node.parentNode = this;
    }
    const at = before === null ? -1 : this.#nodes.indexOf(before);
    this.#nodes.splice(at < 0 ? this.#nodes.length : at, 0, node);
    return node;
  }

  removeChild(node: SvgNode): void {
    this.#nodes.splice(this.#nodes.indexOf(node), 1);
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  /** Colours are named in what was drawn: `colour` says what stands for a name. */
  markup(colour: (name: string) => string): Html {
    // A stylesheet inside a picture is refused by a page that allows its own alone.
    if (this.tagName === "style") return trustedMarkup("");
    const tag = trustedMarkup(this.tagName);
    const attributes = [...this.#attributes].map(([name, value]) => {
      const shown = trustedMarkup(this.tagName === "g" ? nameOfMark(name) : name);
      return markup` ${shown}="${colour(rounded(name, value))}"`;
    });
    const inside = this.#nodes.map((node) =>
      node instanceof SvgText ? markup`${node.data}` : node.markup(colour),
    );
    return markup`<${tag}${joined(attributes)}>${joined(inside)}</${tag}>`;
  }
}

/** The words for the whole picture stand on it: the library's names of its parts are not for screen readers. */
function nameOfMark(name: string): string {
  return name.replace(/^aria-label$/, "data-mark").replace(/^aria-/, "data-");
}

/** To a hundredth: no eye sees more, and the last digits of a sum may differ between machines. */
function rounded(name: string, value: string): string {
  if (!PLACES.test(name)) return value;
  return value.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (digits) =>
    String(Math.round(Number(digits) * 100) / 100),
  );
}

const PLACES = /^(?:[xyrd]|[xy][12]|c[xy]|d[xy]|width|height|transform)$/;

/** Lists are set line by line elsewhere; in a picture's text that would be a blank. */
function joined(parts: readonly Html[]): Html {
  return trustedMarkup(parts.map(String).join(""));
}

export class SvgDocument {
  readonly documentElement: SvgElement = new SvgElement(this, "svg");

  createElementNS(_namespace: string, name: string): SvgElement {
    return new SvgElement(this, name);
  }

  createTextNode(text: string): SvgText {
    return new SvgText(text);
  }
}

/** A pipeline as a picture. Every text is escaped; nothing is fetched; colours stand in the stylesheet. */
import { markup, trustedMarkup } from "../../text/html.ts";
import type { Html } from "../../text/html.ts";
import { MADE_BY_ENGINE } from "../../base/made-by-engine.ts";
import { layOutGraph, NODE_HEIGHT, NODE_WIDTH } from "./graph-layout.ts";
import type { GraphLayout, PlacedNode } from "./graph-layout.ts";
import { stateLooks } from "./pipeline-graph.ts";
import type { GraphNode } from "./pipeline-graph.ts";

/** For the picture, whether it stands alone or in a page. */
export const graphStyle = [
  ".g-edge{fill:none;stroke:#7a828e;stroke-width:1.5}",
  ".g-head{fill:#7a828e}",
  ".g-box{stroke-width:1}",
  ".g-chosen{fill:none;stroke:#2563c9;stroke-width:4}",
  ".g-name{font:600 14px system-ui,sans-serif}",
  ".g-more{font:12px system-ui,sans-serif}",
  ...Object.entries(stateLooks).map(
    ([state, { fill, ink }]) =>
      `.g-${state} .g-box{fill:${fill};stroke:${ink}}.g-${state} text{fill:${ink}}`,
  ),
  ".g-highly_sensitive{fill:#a3121f}",
  ".g-moderately_sensitive{fill:#c77700}",
  ".g-minimally_sensitive{fill:#2a7d4f}",
].join("\n");

/** A file of its own. */
export function graphSvgFile(nodes: readonly GraphNode[]): string {
  return graphSvg(
    nodes,
    markup`<!-- ${MADE_BY_ENGINE} --><style>
      ${trustedMarkup(graphStyle)}
    </style>`,
  ).toString();
}

/** For a picture on which actions can be chosen. */
export interface GraphLinks {
  readonly address: (action: string) => string;
  readonly chosen: ReadonlySet<string>;
}

/** `inside` comes first in the picture: its style, if no page has it. */
export function graphSvg(
  nodes: readonly GraphNode[],
  inside: Html = markup``,
  links: GraphLinks | null = null,
): Html {
  const layout = layOutGraph(nodes);
  const { width, height } = layout;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${links === null ? "img" : "group"}" aria-label="The pipeline">
${[inside, ...edges(layout), ...layout.nodes.map((node) => linked(node, links))]}
</svg>`;
}

function linked(node: PlacedNode, links: GraphLinks | null): Html {
  if (links === null) return box(node);
  const isChosen = links.chosen.has(node.name);
  const frame = isChosen
    ? markup`<rect class="g-chosen" x="${node.x - 3}" y="${node.y - 3}" width="${NODE_WIDTH + 6}" height="${NODE_HEIGHT + 6}" rx="8"/>`
    : null;
  const current = isChosen ? markup` aria-current="true"` : null;
  return markup`<a href="${links.address(node.name)}"${current}>${frame}${box(node)}</a>`;
}

function edges({ nodes }: GraphLayout): readonly Html[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return nodes.flatMap((to) =>
    to.needs.flatMap((need) => {
      const from = byName.get(need);
      return from === undefined ? [] : [edge(from, to)];
    }),
  );
}

function edge(from: PlacedNode, to: PlacedNode): Html {
  const [x1, y1] = [from.x + NODE_WIDTH / 2, from.y + NODE_HEIGHT];
  const [x2, y2] = [to.x + NODE_WIDTH / 2, to.y - 6];
  const middle = (y1 + y2) / 2;
  const head = markup`<path class="g-head" d="M${x2 - 5} ${y2} h10 l-5 6 z" />`;
  return markup`<path
      class="g-edge"
      d="M${x1} ${y1} C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}"
    />${head}`;
}

const MOST_LETTERS = 29;

function box({ name, state, note, levels, x, y }: PlacedNode): Html {
  const shown = name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}…` : name;
  const bars = levels.map(
    (level, i) =>
      markup`<rect
        class="g-${level}"
        x="${x + 10}"
        y="${y + 46 + i * 9 - 7}"
        width="7"
        height="7"
      />`,
  );
  const words = levels.map((level) => level.replace("_sensitive", "")).join(", ");
  const title = `${name}: ${state}${note === "" ? "" : `, ${note}`}`;
  return markup`<g class="g-${state}"><title>${title}</title><rect class="g-box" x="${x}" y="${y}" width="${NODE_WIDTH}" height="${NODE_HEIGHT}" rx="6"/><text class="g-name" x="${x + 10}" y="${y + 24}">${shown}</text>
<text class="g-more" x="${x + 24}" y="${y + 46}">${words}${levels.length > 0 ? " sensitive" : ""}</text>
<text class="g-more" x="${x + NODE_WIDTH - 10}" y="${y + 64}" text-anchor="end">${state}</text></g>
${bars}`;
}

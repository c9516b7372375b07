/** What a report has besides what all pages have. */
import { graphStyle } from "../graph/graph-svg.ts";

export const reportStyle = `
.path{min-width:14rem}.hash{color:var(--soft);font-size:.75rem}
.status{font-weight:600}.succeeded,.nothing_to_do,.kept{color:var(--good)}.failed,.interrupted{color:var(--bad)}
.running,.pending{color:var(--wait)}
.job{border-top:1px solid var(--line);padding:.6rem 0}
.job ul{margin:.3rem 0;padding-left:1.2rem}
.bar{display:block;width:100%;height:14px;background:var(--panel)}
.b-succeeded{fill:var(--good)}.b-failed{fill:var(--bad)}.b-running,.b-pending{fill:var(--wait)}
.row{margin:.5rem 0}.row span{float:right}
${graphStyle}
`;

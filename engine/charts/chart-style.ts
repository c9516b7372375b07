/** What pages with charts have besides what all pages have. */
import { chartColours } from "./palette.ts";

export const chartStyle = `${chartColours}
figure{margin:.6rem 0}figcaption{font-weight:600;margin:.6rem 0 0}
.chart{display:block;width:100%;height:auto;max-width:45rem;color:var(--chart-ink)}
.on-narrow{display:none;max-width:26rem}
@media screen and (max-width:560px){.on-wide{display:none}.on-narrow{display:block}}
.measure{margin:2.2rem 0;padding-top:1.2rem;border-top:1px solid var(--line);scroll-margin-top:1rem}
.measure h3{font-size:1.15rem;margin:0}
.unit{margin:.1rem 0 .6rem}.notes{font-size:.875rem;max-width:45rem}
caption{text-align:left;font-weight:600;padding-bottom:.3rem}
.measure tbody th{font-weight:400;white-space:nowrap}
.overview{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.6rem,1fr));gap:.4rem .8rem;
margin:1rem 0;padding:0;list-style:none}
.overview a{display:block;color:inherit;text-decoration:none;border-radius:4px;padding:.2rem .3rem}
.overview a:hover,.overview a:focus-visible{background:var(--panel);outline:1px solid var(--line)}
.overview svg{display:block;width:100%;height:auto}
.overview span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;font-size:.78rem;line-height:1.2;height:2.4em;overflow:hidden}
.overview li{min-width:0}.overview small{color:var(--soft);font-size:.75rem}
.dummy{display:inline-block;border:1px solid var(--wait);color:var(--wait);border-radius:4px;padding:0 .5rem;font-weight:600}
@media print{body{max-width:none;padding:0}.measure{break-inside:avoid;border:0}details:not([open]){display:none}
.overview{grid-template-columns:repeat(6,1fr)}}
`;

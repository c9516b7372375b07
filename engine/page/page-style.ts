/** What all pages look like, light and dark, on wide screens and narrow ones. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:#1d2127;--soft:#5a626d;--line:#d5d9df;--back:#fff;--panel:#f5f6f8;
--good:#0b6b44;--bad:#a3121f;--wait:#8a5a00}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a4acb8;--line:#3a414b;--back:#15181d;
--panel:#1e2229;--good:#6fd3a5;--bad:#ff8f95;--wait:#f3bf5f}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:64rem;background:var(--back);color:var(--ink);
font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .6rem}h3{font-size:1rem;margin:1rem 0 .3rem}
p{margin:.5rem 0}code,pre{font:13px/1.5 ui-monospace,monospace}
.soft{color:var(--soft)}
.wide{overflow-x:auto;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.6rem}
pre.wide{overflow-wrap:normal;white-space:pre;margin:0}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.2rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;white-space:nowrap}
summary{cursor:pointer}
footer{margin-top:2rem;border-top:1px solid var(--line)}
@media (max-width:480px){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}body{padding:.7rem}}
`;

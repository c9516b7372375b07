/** What pages of audits and releases have besides what all pages have; on paper nothing is folded or cut off. */
export const auditStyle = `.good{color:var(--good)}.bad{color:var(--bad)}.wait{color:var(--wait)}
.verdict{font-size:1.2rem;font-weight:600;border-left:.4rem solid;padding-left:.7rem;margin:.6rem 0}
.wide td.path,.wide th[scope]{overflow-wrap:break-word;min-width:5rem}.wide td.path{min-width:9rem}
.whole{white-space:nowrap}.where th.n{white-space:normal}.where .bad{font-weight:600}
.matrix{font-size:.8rem;width:auto}.matrix td{white-space:nowrap}
.matrix td,.matrix thead th{padding:.15rem .5rem .15rem 0}.matrix thead th{min-width:2.6rem;vertical-align:bottom}
.wide .matrix tbody th{position:sticky;left:0;background:var(--panel);font-weight:400;padding:.15rem .8rem .15rem 0;min-width:12rem}
.matrix td.bad,.matrix td.wait{font-weight:600}
.leak{border-top:1px solid var(--line);padding:.2rem 0 .8rem}.leak mark{background:none;color:var(--bad);font-weight:600}
.hash{color:var(--soft);font-size:.75rem;overflow-wrap:anywhere}dl+.wide{margin-top:.6rem}.wide:focus-visible{outline:3px solid var(--wait)}
@media (min-width:66rem){body:has(.matrix){max-width:78rem}}
@media (max-width:480px){.wide .matrix tbody th{min-width:0;max-width:8.5rem}}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#999;--back:#fff;--panel:#fff;--good:#0b6b44;--bad:#a3121f;--wait:#8a5a00}
body{max-width:none;font-size:10pt}.wide{overflow:visible;border:0;padding:0}thead{display:table-header-group}
tr,.leak{break-inside:avoid}h2,h3{break-after:avoid}.matrix{font-size:6.5pt}.matrix td,.matrix th{padding-right:.3rem}
details::details-content{content-visibility:visible;block-size:auto}}`;

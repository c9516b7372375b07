/** What the page of an audit has besides what all pages have. */
export const auditStyle = `.good{color:var(--good)}.bad{color:var(--bad)}.wait{color:var(--wait)}
.verdict{font-weight:600}.matrix td,.matrix th{white-space:nowrap}.leak{border-top:1px solid var(--line);padding:.4rem 0}
.hash{color:var(--soft);font-size:.75rem}`;

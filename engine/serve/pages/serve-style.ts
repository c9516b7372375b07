/** What served pages have besides what reports have. */
export const serveStyle = `
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.3rem 1rem}
.cards td,.cards th{overflow-wrap:break-word}.cards .status{white-space:nowrap}
a{color:inherit}a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible,summary:focus-visible,.log:focus-visible,.wide:focus-visible{outline:3px solid var(--wait);outline-offset:2px}
.row-of{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:.6rem 0}
label{display:block}fieldset{border:1px solid var(--line);border-radius:6px;margin:.6rem 0}
input,select,textarea,button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--soft);border-radius:4px;padding:.3rem .6rem;max-width:100%}
button{cursor:pointer}table+form{margin-top:.8rem}button.main{background:var(--good);color:var(--back);border-color:var(--good)}
button.stop{border-color:var(--bad);color:var(--bad)}
.log{max-height:18rem;overflow:auto}
.lines del,.lines ins{text-decoration:none}.lines del{color:var(--bad)}.lines ins{color:var(--good)}
progress{width:100%}textarea{width:100%;display:block}
.hidden-number{color:var(--soft);font-style:italic}
.look img{max-width:100%;background:#fff}.look iframe{width:100%;height:80vh;border:1px solid var(--line);background:#fff}
.button{display:inline-block;border:1px solid var(--soft);border-radius:4px;padding:.3rem .6rem;text-decoration:none;background:var(--panel)}
svg a{cursor:pointer}svg a:focus-visible{outline:3px solid var(--wait)}
@media (max-width:480px){table.cards,table.cards tbody,table.cards tr,table.cards td{display:block}table.cards th{display:none}table.cards td{border:0;padding:.1rem 0}table.cards tr{border-bottom:1px solid var(--line);padding:.4rem 0;display:block}}
`;

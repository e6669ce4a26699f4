/** The whole style of the page: no asset is loaded, light and dark follow the reader, one column from phone to desk. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#ffffff;--ink:#23272e;--soft:#666d78;--line:#e5e2da;
--accent:#2f6f6a;--worker:#5b7db1;--control:#2f8f83;--other:#b9b4a7;--good:#2c7a4b;--bad:#b3402f;--add:#e7f4ea;--del:#fbeae7;--code:#f2f0ea}
@media (prefers-color-scheme:dark){:root{--paper:#15171b;--card:#1c1f24;--ink:#e3e1db;--soft:#9a9fa8;--line:#2d3138;
--accent:#7cc4bb;--worker:#7d9fd6;--control:#56b5a8;--other:#6a675f;--good:#6fc28d;--bad:#e58a7b;--add:#17301f;--del:#3a201d;--code:#24282e}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
main{max-width:54rem;margin:0 auto;padding:0 1.25rem 5rem}
header{padding:4rem 0 1rem}
h1{font-size:clamp(1.7rem,5vw,2.6rem);line-height:1.2;letter-spacing:-.02em;margin:.4rem 0 .8rem;font-weight:650;text-wrap:balance}
h2{font-size:1.25rem;margin:0 0 .9rem;letter-spacing:-.01em}
h3{font-size:1rem;margin:1.6rem 0 .5rem}
section{padding:2.4rem 0;border-top:1px solid var(--line)}
p{margin:.5rem 0}.lead{font-size:1.08rem}.aside,.quiet,small,.over{color:var(--soft)}.aside{font-size:.88rem}
.over{font-size:.9rem;margin:0}a{color:var(--accent)}
code,pre,.figure{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{font-size:.86em;background:var(--code);border-radius:4px;padding:.1em .35em}
.outcome{display:inline-flex;gap:.6rem;align-items:baseline;font-size:1.08rem;margin:0}
.dot{flex:none;width:.7rem;height:.7rem;border-radius:50%;background:var(--good)}.dot.no{background:var(--bad)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:12px;overflow:hidden;margin:2rem 0 1.2rem}
.facts div{background:var(--card);padding:.9rem 1rem}.facts dt{color:var(--soft);font-size:.8rem}.facts dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums}
.rail{display:flex;flex-wrap:wrap;gap:.35rem .2rem;list-style:none;padding:0;margin:0 0 1.4rem;font-size:.86rem}
.rail li{color:var(--soft)}.rail li:not(:last-child)::after{content:"→";margin:0 .35rem 0 .45rem;color:var(--line)}
.rail .past{color:var(--ink)}.rail .here{color:var(--accent);font-weight:650}.rail .here.no{color:var(--bad)}
.note{background:var(--code);border-radius:10px;padding:.7rem 1rem;font-size:.92rem;margin:0 0 1.6rem}
blockquote{margin:.8rem 0;padding:1rem 1.25rem;background:var(--card);border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:4px 12px 12px 4px}
blockquote h3{margin:0 0 .5rem}.written{white-space:pre-wrap}
.tag{display:inline-block;font-size:.76rem;line-height:1.5;padding:0 .5em;border-radius:99px;border:1px solid var(--line);color:var(--soft);white-space:nowrap}
.tag.good{color:var(--good);border-color:currentColor}.tag.bad{color:var(--bad);border-color:currentColor}
.criteria{list-style:none;margin:.8rem 0;padding:0}.criteria li{display:flex;gap:.7rem;align-items:baseline;padding:.5rem 0;border-bottom:1px solid var(--line)}
.criteria li:last-child{border:0}.criteria b{flex:none;font-weight:600}.criteria li>span:not(.mark):not(.tag){flex:1;min-width:0}
.mark{flex:none;font-weight:700}.yes{color:var(--good)}.no{color:var(--bad)}.open{color:var(--soft)}
.plan{padding-left:1.3rem}.plan li{padding:.15rem 0}.plan li::marker{color:var(--accent);font-weight:600}
details{margin:.7rem 0}summary{cursor:pointer;color:var(--soft)}summary:hover{color:var(--ink)}
.bounds{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.35rem 1.2rem;font-size:.92rem}.bounds dt{color:var(--soft)}.bounds dd{margin:0}
.diff{border:1px solid var(--line);border-radius:10px;overflow:hidden;background:var(--card)}.diff summary{padding:.55rem .9rem}
.diff summary code{background:none;color:var(--ink)}.plus{color:var(--good)}.minus{color:var(--bad)}
pre{margin:0;font-size:.8rem;line-height:1.5;overflow-x:auto}.diff pre{border-top:1px solid var(--line);padding:.4rem 0}
.diff pre span{display:block;padding:0 .9rem;min-width:max-content;white-space:pre}.add{background:var(--add)}.del{background:var(--del)}.at{color:var(--soft)}
.tail{white-space:pre-wrap;background:var(--code);border-radius:10px;padding:.8rem 1rem;max-height:24rem;overflow:auto}
.wide{overflow-x:auto}.wide table{min-width:36rem}.wide code{overflow-wrap:normal}table{border-collapse:collapse;width:100%;font-size:.92rem}th{text-align:left;font-weight:500;color:var(--soft);font-size:.82rem}
td,th{padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:baseline}td:last-child,th:last-child{padding-right:0}
.wide td:first-child,.wide td:nth-child(2){white-space:nowrap}.narrow{max-width:26rem}.figure{text-align:right;font-size:.84rem;white-space:nowrap;font-variant-numeric:tabular-nums}
.count{display:inline-block;min-width:1.7rem;font-weight:650}.tests{font-size:.88rem;margin:.4rem 0;padding-left:2.2rem}
.finding{border-left:3px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:1rem 0}
.timeline{list-style:none;margin:0;padding:0 0 0 1.1rem;border-left:2px solid var(--line)}
.timeline li{position:relative;padding:.4rem 0;display:flex;gap:.9rem;align-items:baseline}
.timeline li::before{content:"";position:absolute;left:-1.49rem;top:.98rem;width:.6rem;height:.6rem;border-radius:50%;background:var(--accent);border:2px solid var(--paper);box-sizing:content-box}
.timeline li.no::before{background:var(--bad)}.timeline time{flex:none;color:var(--soft);font-size:.8rem;font-variant-numeric:tabular-nums}.timeline li.no{color:inherit}
.jobs{display:grid;gap:.3rem}.job{display:grid;grid-template-columns:minmax(9rem,13rem) 1fr 5rem;gap:.9rem;align-items:center;font-size:.88rem}
.job svg{width:100%;height:12px;display:block}.track{fill:var(--line)}rect.worker{fill:var(--worker)}rect.control{fill:var(--control)}rect.other{fill:var(--other)}rect.failed{fill:var(--bad)}
.legend{margin-top:1rem}.key{display:inline-block;width:.7rem;height:.7rem;border-radius:3px;margin:0 .25rem 0 .8rem}.key:first-child{margin-left:0}
.key.worker{background:var(--worker)}.key.control{background:var(--control)}.key.other{background:var(--other)}
footer{color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);padding-top:1.4rem}
@media (max-width:34rem){header{padding-top:2.2rem}section{padding:1.9rem 0}.job{grid-template-columns:1fr 4.6rem;gap:.1rem .6rem}.job svg{grid-column:1/-1;grid-row:2}
.bounds{grid-template-columns:1fr}.bounds dd{margin-bottom:.5rem}.timeline li{flex-direction:column;gap:0}.facts dd{font-size:1.1rem}}
@media print{details{break-inside:avoid}}
`;

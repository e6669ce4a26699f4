/** The whole style of the page: no asset is loaded, light and dark follow the reader, contents aside on a desk. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#faf9f6;--card:#ffffff;--ink:#22262d;--soft:#626974;--line:#e4e1d9;
--accent:#23655f;--worker:#5577b0;--control:#227468;--other:#b5b0a3;--good:#24743f;--bad:#b03a29;--wait:#8a6414;--add:#e6f4e9;--del:#fbe9e6;--code:#f1efe9;
--good-wash:#eaf4ec;--bad-wash:#faecea;--wait-wash:#f7f0df}
@media (prefers-color-scheme:dark){:root{--paper:#14161a;--card:#1b1e23;--ink:#e4e2dc;--soft:#9ba1ab;--line:#2e3239;
--accent:#7cc4bb;--worker:#7d9fd6;--control:#56b5a8;--other:#6d6a62;--good:#74c791;--bad:#ea9284;--wait:#d9b566;--add:#162e1e;--del:#3a201d;--code:#24282e;
--good-wash:#17261d;--bad-wash:#2d1c1a;--wait-wash:#2a2417}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:3.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
main{max-width:54rem;margin:0 auto;padding:0 1.25rem 5rem}
header{padding:3rem 0 1rem}
h1{font-size:clamp(1.7rem,5vw,2.5rem);line-height:1.2;letter-spacing:-.02em;margin:.4rem 0 1.4rem;font-weight:650;text-wrap:balance}h1.long{font-size:clamp(1.3rem,3.5vw,1.8rem)}
h2{font-size:1.3rem;margin:0 0 .9rem;letter-spacing:-.01em;line-height:1.3}
h3{font-size:1rem;margin:1.7rem 0 .5rem}
h1,h3,.lead,.written,.criteria span,.plan li,.finding p,td,.outcome p{unicode-bidi:plaintext}
section{padding:2.3rem 0;border-top:1px solid var(--line)}
p{margin:.5rem 0}.lead{font-size:1.08rem}.aside,.quiet,small,.over{color:var(--soft)}.aside{font-size:.88rem}
.over{font-size:.9rem;margin:0}a{color:var(--accent)}
code,pre,.mono,.ran code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{font-size:max(.86em,12px);background:var(--code);border-radius:4px;padding:.1em .35em}
nav{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--line);overflow-x:auto;scrollbar-width:none}
nav ol{display:flex;gap:1.1rem;list-style:none;margin:0 auto;padding:.7rem 1.25rem;max-width:54rem;font-size:.88rem;white-space:nowrap}
nav a{color:var(--soft);text-decoration:none}nav a:hover,nav a:focus-visible{color:var(--ink);text-decoration:underline}
.outcome{border-radius:12px;padding:1rem 1.2rem;border:1px solid;border-left-width:5px;background:var(--wait-wash);border-color:var(--wait)}
.outcome b{font-size:1.2rem;color:var(--wait)}.outcome p{margin:.2rem 0 0}
.outcome.good{background:var(--good-wash);border-color:var(--good)}.outcome.good b{color:var(--good)}
.outcome.bad{background:var(--bad-wash);border-color:var(--bad)}.outcome.bad b{color:var(--bad)}
.facts{display:grid;grid-template-columns:repeat(6,1fr);gap:1px;background:var(--line);border:1px solid var(--line);border-radius:12px;overflow:hidden;margin:1.2rem 0}
.facts div{background:var(--card);padding:.85rem 1rem}.facts dt{color:var(--soft);font-size:.8rem;white-space:nowrap}.facts dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.answers{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.45rem 1.2rem;margin:1.2rem 0;padding:.9rem 1.2rem;background:var(--card);border:1px solid var(--line);border-radius:12px}.answers dt{color:var(--soft)}.answers dd{margin:0;min-width:0;unicode-bidi:plaintext}
.rail{display:flex;list-style:none;padding:0;margin:1.6rem 0 1.4rem;font-size:.84rem}
.rail li{flex:1;position:relative;padding-top:1.3rem;color:var(--soft);text-align:center;overflow-wrap:normal}
.rail li::before{content:"";position:absolute;top:.2rem;left:calc(50% - .4rem);width:.8rem;height:.8rem;border-radius:50%;background:var(--paper);border:2px solid var(--line);z-index:0}
.rail li:not(:first-child)::after{content:"";position:absolute;top:.52rem;right:calc(50% + .55rem);width:calc(100% - 1.1rem);height:2px;background:var(--line)}
.rail .past{color:var(--ink)}.rail .past::before{background:var(--accent);border-color:var(--accent)}.rail .past::after,.rail .here::after{background:var(--accent)!important}
.rail .here{color:var(--accent);font-weight:650}.rail .here::before{background:var(--accent);border-color:var(--accent);box-shadow:0 0 0 3px var(--paper),0 0 0 5px var(--accent)}
.rail .bad{color:var(--bad)}.rail .bad::before{background:var(--bad);border-color:var(--bad);box-shadow:none}.rail .wait{color:var(--wait)}.rail .wait::before{background:var(--wait);border-color:var(--wait);box-shadow:none}.rail .bad::after,.rail .wait::after{background:var(--line)!important}
.reasons{list-style:none;margin:0;padding:0}.reasons li{background:var(--bad-wash);border-radius:10px;padding:.8rem 1rem;margin:.5rem 0;white-space:pre-wrap}
blockquote{margin:.8rem 0;padding:1rem 1.25rem;background:var(--card);border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:4px 12px 12px 4px}
blockquote h3{margin:0 0 .5rem}.written{white-space:pre-wrap}
.people>:first-child{margin-top:0}.people h4{font-size:1rem;margin:1.1rem 0 .4rem}.people pre{white-space:pre-wrap;background:var(--code);border-radius:8px;padding:.7rem .9rem}.people table{width:auto}.people blockquote{padding:.4rem 1rem}.people ul,.people ol{padding-left:1.5rem}.people hr{border:0;border-top:1px solid var(--line)}
.tag{display:inline-block;font-size:.76rem;line-height:1.5;padding:0 .55em;border-radius:99px;border:1px solid var(--line);color:var(--soft);max-width:100%}
.tag.good{color:var(--good);border-color:currentColor}.tag.bad{color:var(--bad);border-color:currentColor}
.criteria{list-style:none;margin:.8rem 0;padding:0}.criteria>li{display:flex;gap:.7rem;align-items:baseline;padding:.5rem 0;border-bottom:1px solid var(--line)}
.criteria>li:last-child{border:0}.criteria b{flex:none;font-weight:600;max-width:40%}.criteria>li>span:not(.mark):not(.tag){flex:1;min-width:0}.criteria .tag{flex:none}
.mark{flex:none;font-weight:700}.yes{color:var(--good)}.no{color:var(--bad)}.open{color:var(--soft)}
.plan{padding-left:1.4rem}.plan li{padding:.15rem 0}.plan li::marker{color:var(--accent);font-weight:600}
.mono{list-style:none;margin:.3rem 0;padding:0;font-size:.84rem}.mono li{padding:.1rem 0}
.ran{padding-left:1.6rem;margin:.3rem 0;font-size:.92rem}.ran li{padding:.12rem 0}.ran li::marker{color:var(--soft);font-size:.8rem}.ran code{white-space:pre-wrap}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--soft)}summary:hover{color:var(--ink)}
.bounds{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.35rem 1.2rem;font-size:.92rem;margin:.6rem 0}.bounds dt{color:var(--soft)}.bounds dd{margin:0;min-width:0}.bounds .mono{margin:0}
.diff{border:1px solid var(--line);border-radius:10px;overflow:hidden;background:var(--card)}.diff summary{padding:.55rem .9rem}
.diff summary code{background:none;color:var(--ink)}.plus{color:var(--good)}.minus{color:var(--bad)}
pre{margin:0;font-size:.8rem;line-height:1.5;overflow-x:auto}.diff pre{border-top:1px solid var(--line);padding:.4rem 0;display:grid}
.diff pre span{padding:0 .9rem;min-width:max-content;white-space:pre}.add{background:var(--add)}.del{background:var(--del)}.at{color:var(--soft)}
.tail{white-space:pre-wrap;background:var(--code);border-radius:10px;padding:.8rem 1rem;max-height:24rem;overflow:auto}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}th{text-align:left;font-weight:500;color:var(--soft);font-size:.82rem}
td,th{padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:baseline}td:last-child,th:last-child{padding-right:0}
.proofs{table-layout:fixed}.proofs th:nth-child(1){width:24%}.proofs th:nth-child(2){width:25%}.proofs th:nth-child(3){width:14%}.proofs th:nth-child(4){width:17%}.proofs td{font-size:.9rem}.proofs .tag{white-space:nowrap}.proofs td div+div{margin-top:.25rem}.checks td:nth-child(-n+2){white-space:nowrap}.proofs th{white-space:nowrap}.sum td{font-weight:650;border-bottom:0}
th.figure,td.figure,.job .figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.bar{width:100%;height:.7rem;display:block;border-radius:99px;margin:.4rem 0 .8rem}rect.new{fill:var(--good)}rect.unseen{fill:var(--good);opacity:.45}rect.same{fill:var(--control);opacity:.45}rect.lost{fill:var(--bad)}rect.old{fill:var(--other)}
.count{display:inline-block;min-width:2.2rem;font-weight:650}.count.new{color:var(--good)}.count.same{color:var(--control)}.count.lost{color:var(--bad)}
.finding{border-left:3px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:1rem 0}
.timeline{list-style:none;margin:0 0 0 .4rem;padding:0 0 0 1.1rem;border-left:2px solid var(--line)}
.timeline li{position:relative;padding:.4rem 0;display:flex;gap:.9rem;align-items:baseline}.timeline li>span{min-width:0}
.timeline li::before{content:"";position:absolute;left:-1.52rem;top:.92rem;width:.6rem;height:.6rem;border-radius:50%;background:var(--accent);border:2px solid var(--paper);box-sizing:content-box;transform:translateY(-2px)}
.timeline li.no::before{background:var(--bad)}.timeline time{flex:none;color:var(--soft);font-size:.8rem;font-variant-numeric:tabular-nums}.timeline li.no{color:inherit}
.jobs{display:grid;gap:.3rem}.job{display:grid;grid-template-columns:minmax(9rem,13rem) 1fr 5rem;gap:.9rem;align-items:center;font-size:.88rem}.job .name{min-width:0}
.job svg{width:100%;height:12px;display:block}.track{fill:var(--line)}rect.worker{fill:var(--worker)}rect.control{fill:var(--control)}rect.other{fill:var(--other)}rect.failed{fill:var(--bad)}
.ticks{display:flex;justify-content:space-between;color:var(--soft);font-size:.76rem}
.legend{margin-top:1rem}.key{display:inline-block;width:.7rem;height:.7rem;border-radius:3px;margin:0 .25rem 0 .8rem}.key:first-child{margin-left:0}
.key.worker{background:var(--worker)}.key.control{background:var(--control)}.key.other{background:var(--other)}
footer{color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);padding-top:1.4rem}
@media (min-width:76rem){body{display:grid;grid-template-columns:11rem minmax(0,54rem) 11rem;justify-content:center}
nav{align-self:start;border:0;max-height:100vh;overflow-y:auto;padding-top:3rem}nav ol{flex-direction:column;gap:.35rem;padding:0 1.25rem}main{width:100%}html{scroll-padding-top:0}}
@media (max-width:44rem){.facts{grid-template-columns:repeat(3,1fr)}.facts div{padding:.7rem .8rem}.facts dd{font-size:1.1rem}
.rail{flex-direction:column;gap:.3rem;margin:1.3rem 0}.rail li{text-align:left;padding:0 0 0 1.6rem}.rail li::before{left:0;top:.28rem}.rail li:not(:first-child)::after{top:-.75rem;left:.38rem;right:auto;width:2px;height:.9rem}
.cards thead{display:none}.cards tr{display:block;padding:.6rem 0;border-bottom:1px solid var(--line)}.cards td{display:block;border:0;padding:.08rem 0;width:auto!important;white-space:normal!important;text-align:left!important}
.cards .checks td{display:inline;margin-right:.5rem;color:var(--soft)}.cards .checks td:first-child{color:var(--ink)}.cards .proofs td:last-child{color:var(--soft);font-size:.88rem}}
@media (max-width:34rem){.costs{font-size:.78rem}.costs td,.costs th{padding-right:.5rem}.diff pre span{min-width:0;white-space:pre-wrap}header{padding-top:1.8rem}section{padding:1.8rem 0}.job{grid-template-columns:1fr 4.6rem;gap:.1rem .6rem}.job svg,.job .ticks{grid-column:1/-1;grid-row:2}
.criteria>li{flex-wrap:wrap;gap:.1rem .6rem}.criteria b{max-width:75%}.criteria>li>span:not(.mark):not(.tag){flex:1 1 50%}
.bounds,.answers{grid-template-columns:1fr;gap:.1rem}.bounds dd,.answers dd{margin-bottom:.6rem}.timeline li{flex-direction:column;gap:0}}
@media (max-width:44rem){.stack{display:block}.stack thead{display:none}.stack tbody,.stack tr{display:block}.stack tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
.stack td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.12rem 0;text-align:right!important;white-space:normal!important}.stack td::before{content:attr(data-name);color:var(--soft);text-align:left;flex:none;max-width:50%}.stack td:first-child{font-weight:600}}
@media print{nav{display:none}details{break-inside:avoid}}
`;

/** What the page of a report has beside the style that all pages share. */
export const REPORT_STYLE = `
.cards-of{display:grid;grid-template-columns:repeat(3,1fr);gap:.8rem;margin:.6rem 0 1.2rem}.cards-of.four{grid-template-columns:repeat(4,1fr)}.cards-of.two{grid-template-columns:repeat(2,1fr)}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.85rem 1rem;min-width:0}.card h3{margin:0;font-size:.9rem;font-weight:500;color:var(--soft)}
.value{font-size:1.6rem;font-weight:650;letter-spacing:-.02em;line-height:1.25;margin:.1rem 0 .3rem;font-variant-numeric:tabular-nums}
.missing{background:var(--wait-wash);border-radius:10px;padding:.6rem .9rem;font-size:.9rem;margin:.5rem 0}.missing b{color:var(--wait);font-weight:600}
.how,.card details{font-size:.82rem;line-height:1.45;margin:.25rem 0 0}.how{color:var(--soft)}.card details p{margin:.3rem 0;max-height:9rem;overflow:auto}
h3.group{font-size:.95rem;color:var(--soft);font-weight:500;margin:1.4rem 0 .2rem}
.look{list-style:none;counter-reset:look;margin:.8rem 0;padding:0;display:grid;gap:.7rem}.look li{counter-increment:look;background:var(--card);border:1px solid var(--line);border-left:4px solid var(--wait);border-radius:10px;padding:.8rem 1rem .8rem 3rem;position:relative}
.look li::before{content:counter(look);position:absolute;left:1.1rem;top:.75rem;font-size:1.15rem;font-weight:650;color:var(--wait)}.look p{margin:0}.look .from{font-size:.88rem;color:var(--soft);margin-top:.2rem}
figure{margin:1.2rem 0}figcaption{font-size:.92rem;color:var(--soft);margin-bottom:.4rem}
.chart{width:100%;height:auto;display:block}.chart text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}.chart .up{text-anchor:end}.chart .across{text-anchor:middle}.chart .grid{stroke:var(--line)}
rect.byAgents,rect.agents{fill:var(--control)}rect.byPeople{fill:var(--worker)}rect.unsaid{fill:var(--other)}rect.unopened{fill:var(--wait)}
path.money{fill:var(--control);opacity:.22}path.edge{fill:none;stroke:var(--control);stroke-width:2}
.key.agents{background:var(--control)}.key.people{background:var(--worker)}.key.nobody{background:var(--other)}
.share{display:block;width:100%;min-width:5rem;height:.6rem;border-radius:99px;overflow:hidden}
.steps{display:grid;gap:.35rem;margin:.9rem 0 1.2rem}.step{display:grid;grid-template-columns:6rem minmax(4rem,1fr) 2.5rem 7rem;gap:.8rem;align-items:center;font-size:.92rem}.step b,.step .quiet{text-align:right;font-variant-numeric:tabular-nums}
td .from,td details{font-size:.84rem}td:last-child details p{max-width:22rem;white-space:normal;text-align:left}td.figure{vertical-align:baseline}
td.figure a{white-space:nowrap}tbody td.figure:last-child{white-space:normal}
.report td,.report th{overflow-wrap:normal}.report code{overflow-wrap:anywhere}
@media (max-width:48rem){.chart text{font-size:18px}}
@media (max-width:34rem){.chart text{font-size:26px}.chart .up{text-anchor:start;transform:translateX(-50px)}.chart .across:last-of-type{text-anchor:end}}
@media (max-width:52rem){.cards-of,.cards-of.four{grid-template-columns:repeat(2,1fr)}}
@media (max-width:34rem){.report .wide table{font-size:.86rem}.report td,.report th{padding-right:.7rem}.value{font-size:1.3rem}.card{padding:.7rem .75rem}.how,.card details{font-size:.78rem}.step{grid-template-columns:5.2rem minmax(3rem,1fr) 2rem 5.5rem;gap:.5rem;font-size:.85rem}}
`;

import { type Html, html, NOTHING } from "./run-page/html.ts";

/** Lines over time, or over anything else that rises from left to right. */
export interface Chart {
  readonly title: string;
  /** What it shows, in a sentence; whoever cannot see it reads this. */
  readonly says: string;
  readonly unitAcross: string;
  readonly series: readonly Series[];
  /** A line that nothing may cross. */
  readonly bound?: { readonly name: string; readonly value: number };
}

interface Series {
  readonly name: string;
  readonly tone: "first" | "second";
  readonly points: readonly (readonly [across: number, up: number])[];
}

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 66;
const RIGHT = 26;
const BOTTOM = 26;
const TOP = 12;
const STEPS = [1, 2, 2.5, 5, 10];

/** Drawn as SVG that takes its colors from the page: light and dark follow the reader. */
export function renderChart(chart: Chart): Html {
  const { series, bound } = chart;
  const all = series.flatMap(({ points }) => points);
  const across = ticksOf(Math.max(1, ...all.map(([x]) => x)));
  const up = ticksOf(Math.max(1, bound?.value ?? 0, ...all.map(([, y]) => y)));
  const x = (value: number) => LEFT + Math.round((value / across.most) * (WIDTH - LEFT - RIGHT));
  const y = (value: number) =>
    HEIGHT - BOTTOM - Math.round((value / up.most) * (HEIGHT - BOTTOM - TOP));
  const line = ({ tone, points }: Series) =>
    html`<polyline class="${tone}" points="${points.map(([one, other]) => `${x(one)},${y(other)}`).join(" ")}"/>`;
  return html`<figure><figcaption><b>${chart.title}</b> ${chart.says}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${chart.says}">
${up.ticks.map((value) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/><text class="up" x="${LEFT - 6}" y="${y(value) + 4}">${short(value)}</text>`)}
${across.ticks.map((value) => html`<text class="across" x="${x(value)}" y="${HEIGHT - 8}">${short(value)}</text>`)}
${bound === undefined ? NOTHING : html`<line class="bound" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(bound.value)}" y2="${y(bound.value)}"/>`}
${series.map(line)}
</svg>
<p class="aside">${series.map(({ name, tone }) => html`<span class="dash ${tone}"></span>${name}`)}${bound === undefined ? NOTHING : html`<span class="dash bound"></span>${bound.name}`} · across: ${chart.unitAcross}</p></figure>
`;
}

/** Round numbers, four or five of them, the last one at or above what is shown. */
function ticksOf(highest: number): { readonly most: number; readonly ticks: readonly number[] } {
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * power >= rough) ?? 10) * power;
  const count = Math.ceil(highest / step - 1e-9);
  return { most: step * count, ticks: Array.from({ length: count + 1 }, (_, tick) => tick * step) };
}

function short(value: number): string {
  return Number(value.toFixed(2)).toLocaleString("en");
}

export const CHART_STYLE = `
figure{margin:1.4rem 0 2rem}figcaption{font-size:.95rem;margin-bottom:.5rem;color:var(--soft)}figcaption b{display:block;color:var(--ink);font-size:1.02rem}
.chart{width:100%;height:auto;display:block}.chart polyline{fill:none;stroke-width:2;stroke-linejoin:round}
.chart text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}.chart .up{text-anchor:end}.chart .across{text-anchor:middle}
.chart .grid{stroke:var(--line);stroke-width:1}.chart .first{stroke:var(--control)}.chart .second{stroke:var(--worker);stroke-dasharray:5 3}
.chart .bound{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:2 4}
.dash{display:inline-block;width:1.3rem;height:0;border-top:2px solid var(--line);margin:0 .4rem .25rem .9rem}.dash:first-child{margin-left:0}
.dash.first{border-color:var(--control)}.dash.second{border-color:var(--worker);border-top-style:dashed}.dash.bound{border-color:var(--bad);border-top-style:dotted}
@media (max-width:48rem){.chart text{font-size:18px}}
@media (max-width:34rem){.chart text{font-size:26px}.chart .up{text-anchor:start;transform:translateX(-60px)}.chart .across:last-of-type{text-anchor:end}}
`;

import { scaleBand, scaleLinear } from "d3-scale";
import { area, curveMonotoneX, line, stack } from "d3-shape";
import type { DayRow } from "../../../measures/review/days.ts";
import { type Html, html } from "../run-page/html.ts";
import { sayNumber } from "./words.ts";

const WIDTH = 720;
const HEIGHT = 210;
const EDGE = { left: 56, right: 10, top: 12, bottom: 26 };
const UP: readonly [number, number] = [HEIGHT - EDGE.bottom, EDGE.top];
const ACROSS: readonly [number, number] = [EDGE.left, WIDTH - EDGE.right];
const LAYERS = ["byAgents", "byPeople", "unsaid"] as const;

/** Merges day by day, by who wrote them. Colors are the page's: light and dark follow the reader. */
export function mergesChart(rows: readonly DayRow[], says: string): Html {
  const layers = stack<DayRow>().keys(LAYERS)([...rows]);
  const most = Math.max(1, ...layers.flat().map(([, high]) => high));
  const y = scaleLinear().domain([0, most]).nice(4).range(UP);
  const x = scaleBand<number>().domain(rows.keys()).range(ACROSS).paddingInner(0.25);
  const bars = layers.flatMap((layer) =>
    layer.map(([low, high], index) =>
      high === low
        ? html``
        : html`<rect class="${layer.key}" x="${round(x(index))}" width="${round(x.bandwidth())}" y="${round(y(high))}" height="${round(y(low) - y(high))}"/>`,
    ),
  );
  const ticks = y.ticks(4).filter(Number.isInteger);
  return framed(says, [gridOf(ticks, y, String), daysOf(rows, x), ...bars]);
}

/** Money day by day. */
export function moneyChart(rows: readonly DayRow[], says: string): Html {
  const most = Math.max(0.01, ...rows.map(({ usd = 0 }) => usd));
  const y = scaleLinear().domain([0, most]).nice(4).range(UP);
  const x = scaleBand<number>().domain(rows.keys()).range(ACROSS).paddingInner(0.25);
  const middle = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const shape = area<DayRow>()
    .x((_, index) => middle(index))
    .y0(y(0))
    .y1(({ usd = 0 }) => y(usd))
    .curve(curveMonotoneX);
  const edge = line<DayRow>()
    .x((_, index) => middle(index))
    .y(({ usd = 0 }) => y(usd))
    .curve(curveMonotoneX);
  return framed(says, [
    gridOf(y.ticks(4), y, sayMoney),
    daysOf(rows, x),
    html`<path class="money" d="${shape([...rows]) ?? ""}"/><path class="edge" d="${edge([...rows]) ?? ""}"/>`,
  ]);
}

/** Short, so that it fits beside the chart on a phone. */
function sayMoney(usd: number): string {
  return usd >= 1 && Number.isInteger(usd)
    ? `$${usd.toLocaleString("en-US")}`
    : sayNumber("usd", usd);
}

type Linear = ReturnType<typeof scaleLinear<number, number>>;
type Band = ReturnType<typeof scaleBand<number>>;

function framed(says: string, parts: readonly Html[]): Html {
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${says}">${parts}</svg>`;
}

function gridOf(ticks: readonly number[], y: Linear, say: (value: number) => string): Html {
  return html`${ticks.map((value) => html`<line class="grid" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${round(y(value))}" y2="${round(y(value))}"/><text class="up" x="${EDGE.left - 6}" y="${round(y(value) + 4)}">${say(value)}</text>`)}`;
}

/** About six dates, the last one among them. */
function daysOf(rows: readonly DayRow[], x: Band): Html {
  const every = Math.max(1, Math.ceil(rows.length / 6));
  return html`${rows.map(({ at }, index) =>
    (rows.length - 1 - index) % every === 0
      ? html`<text class="across" x="${round((x(index) ?? 0) + x.bandwidth() / 2)}" y="${HEIGHT - 8}">${at.slice(5, 10)}</text>`
      : html``,
  )}`;
}

function round(value = 0): number {
  return Math.round(value * 10) / 10;
}

/** A bar of one share, and what it stands for. */
export function shareBar(part: number, whole: number, tone: string): Html {
  const width = scaleLinear()
    .domain([0, Math.max(whole, 1)])
    .range([0, 100])(part);
  return html`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="${tone}" width="${round(width)}" height="8"/></svg>`;
}

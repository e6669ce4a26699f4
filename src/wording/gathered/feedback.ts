import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import type { FeedbackPattern, FeedbackReport } from "../../gatherers/feedback/reports.ts";
import { codeSpan } from "../inert-words.ts";
import { gathered, keyed, titled } from "./bounded.ts";

interface Digest {
  readonly patterns: readonly FeedbackPattern[];
  /** Pages and choices with too few reports for a pattern. */
  readonly single: number;
  readonly ungrouped: readonly FeedbackReport[];
  readonly reports: number;
  /** Discussions that nobody read; undefined where none were asked for. */
  readonly unread: number | undefined;
}

/** Evidence of an item names so many of its reports. */
const NAMED = 20;

/** The patterns of a digest, each with its count and its newest reports. */
export function feedbackItems({ patterns, single, ungrouped, reports, unread }: Digest): Gathered {
  return gathered(patterns.map(patternItem), {
    reports,
    patterns: patterns.length,
    "single-reports": single,
    ungrouped: ungrouped.length,
    ...(unread === undefined ? {} : { "discussions-unread": unread }),
  });
}

function patternItem({ page, choice, reports }: FeedbackPattern): GatheredItem {
  const count = reports.length;
  const said = count === 1 ? "1 report" : `${count} reports`;
  const [first, last] = [reports[0]?.on, reports.at(-1)?.on];
  const when =
    first === undefined || last === undefined
      ? ""
      : ` from ${codeSpan(first)} to ${codeSpan(last)}`;
  const newest = reports.slice(-NAMED);
  const named = newest.length < count ? ` The newest ${newest.length} are named below.` : "";
  return {
    key: keyed("feedback", page, choice),
    title: titled(`${said} of "${choice}" on ${page}`),
    body: cut(
      `${said}${when} name the page ${codeSpan(page)} and the choice ${codeSpan(choice)}.${named}`,
      20_000,
    ),
    evidence: newest.map(({ id, title, at }) => ({
      what: cut(`${id} ${title}`.replace(/\p{Cc}+/gu, " "), 500),
      at: cut(at, 1_000),
      output: "",
    })),
  };
}

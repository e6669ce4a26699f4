import type { History, Told, Window } from "../history/history.ts";
import { type Attention, attentionOf } from "./attention.ts";
import { daysOfReview } from "./days.ts";
import { type Delivery, deliveryOf } from "./delivery.ts";
import { type Efficiency, efficiencyOf } from "./efficiency.ts";
import { type Funnel, funnelOf } from "./funnel.ts";
import { type Initiative, initiativesOf } from "./initiatives.ts";
import { type Learning, learningOf } from "./learning.ts";
import { type Vigilance, vigilanceOf } from "./vigilance.ts";

/** The operational review of a repository: all of it counted, without a model. */
export interface Review {
  readonly repository: string;
  readonly url?: string;
  readonly source: History["source"];
  readonly window: Window;
  readonly delivery: Delivery;
  readonly funnel: Funnel;
  readonly efficiency: Efficiency;
  readonly vigilance: Vigilance;
  readonly learning: Learning;
  readonly initiatives: Told<readonly Initiative[]>;
  /** At most three things to look at, the worst first. */
  readonly attention: readonly Attention[];
  readonly pace: ReturnType<typeof daysOfReview>;
}

/** The same history and window always give the same review. */
export function reviewOf(history: History, window: Window): Review {
  const funnel = funnelOf(history, window);
  const vigilance = vigilanceOf(history, window);
  const initiatives = initiativesOf(history, window);
  const named = "known" in initiatives ? initiatives.known : [];
  return {
    repository: history.repository,
    ...(history.url === undefined ? {} : { url: history.url }),
    ...{ source: history.source, window, funnel, vigilance, initiatives },
    delivery: deliveryOf(history, window),
    efficiency: efficiencyOf(history, window),
    learning: learningOf(history, window),
    attention: attentionOf(history, window, { funnel, vigilance, initiatives: named }),
    pace: daysOfReview(history, window),
  };
}

import { z } from "zod";
import type { Sentry } from "../../domain/config/incidents.ts";
import type { Found, Polled } from "../../domain/incident/polled.ts";
import { ListedIssue, readSentryEvent } from "../../domain/incident/sources/sentry-api.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { Alerts } from "../../ports/alerts.ts";
import { askBounded, type BoundedAnswer } from "./bounded-answer.ts";

/** Three beats of the heartbeat, because GitHub sometimes skips one. */
const PERIOD = "3h";
const PAGE = 25;
const MOST_PAGES = 2;
const LIST_BYTES = 2_000_000;
const EVENT_BYTES = 4_000_000;
const REQUEST_MS = 10_000;
const POLL_MS = 120_000;

export interface SentryOptions {
  /** Empty if there is none. */
  readonly token: string;
  readonly fetch?: typeof fetch;
  /** Time limits of every request, and of all of them together, in ms. */
  readonly requestMs?: number;
  readonly pollMs?: number;
}

/**
 * Sentry's own API: the unresolved issues of one project that were seen lately, and the latest event of each. Source:
 * docs.sentry.io/api/events/list-an-organizations-issues and docs.sentry.io/api/events/retrieve-an-issue-event
 */
export function createSentry(options: SentryOptions): Alerts {
  return {
    poll: async (from) => {
      if (options.token === "") return { found: [], refusals: [refuseToken()] };
      const poll = new Poll(from, options);
      const listed = await poll.list();
      const found: Found[] = [];
      for (const issue of listed) {
        const one = await poll.latest(issue);
        if (one !== undefined) found.push(one);
      }
      return { found, refusals: poll.refusals } satisfies Polled;
    },
  };
}

class Poll {
  readonly refusals: Refusal[] = [];
  readonly #from: Sentry;
  readonly #options: SentryOptions;
  readonly #ends: number;

  constructor(from: Sentry, options: SentryOptions) {
    this.#from = from;
    this.#options = options;
    this.#ends = performance.now() + (options.pollMs ?? POLL_MS);
  }

  /** The most pages that are read. More are a refusal, because unseen alerts are unknown. */
  async list(): Promise<readonly ListedIssue[]> {
    const listed: ListedIssue[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await this.#ask("issues/", this.#query(cursor), LIST_BYTES);
      if (answer === undefined) return listed;
      const read = z.array(ListedIssue).max(100).safeParse(answer.json);
      if (!read.success) {
        this.#refuse("the list of issues", faultOf(read.error));
        return listed;
      }
      listed.push(...read.data);
      cursor = nextCursor(answer.link);
      if (cursor === undefined) return listed;
    }
    this.#refuse(`the issues of ${PERIOD}`, `more than ${PAGE * MOST_PAGES}`);
    return listed;
  }

  async latest(issue: ListedIssue): Promise<Found | undefined> {
    const answer = await this.#ask(`issues/${issue.id}/events/latest/`, {}, EVENT_BYTES);
    if (answer === undefined) return undefined;
    try {
      return readSentryEvent(answer.json, issue);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      this.#refuse(`the latest event of issue ${issue.id}`, faultOf(error));
      return undefined;
    }
  }

  #query(cursor: string | undefined): Readonly<Record<string, string>> {
    return {
      project: `${this.#from.project}`,
      query: "is:unresolved",
      sort: "date",
      statsPeriod: PERIOD,
      limit: `${PAGE}`,
      ...(cursor === undefined ? {} : { cursor }),
    };
  }

  /** Undefined, and a refusal, without a good answer. After the time of the poll nothing more is asked. */
  async #ask(
    path: string,
    query: Readonly<Record<string, string>>,
    maximumBytes: number,
  ): Promise<BoundedAnswer | undefined> {
    const { url: base, organization } = this.#from;
    const place = `${base.replace(/\/+$/, "")}/api/0/organizations/${organization}/${path}`;
    const url = new URL(place);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const left = this.#ends - performance.now();
    const timeoutMs = Math.floor(Math.min(this.#options.requestMs ?? REQUEST_MS, left));
    if (timeoutMs <= 0) return this.#refuse(place, "not asked: the time of the poll was over");
    try {
      const { token, fetch: asked = fetch } = this.#options;
      const answer = await askBounded(url, { token, fetch: asked, timeoutMs, maximumBytes });
      return answer.status === 200 ? answer : this.#refuse(place, `HTTP ${answer.status}`);
    } catch (error) {
      return this.#refuse(place, messageOf(error));
    }
  }

  #refuse(subject: string, found: string): undefined {
    // An unreachable source fails at each issue alike, so the first message is enough.
    if (this.refusals.length >= 5) return;
    this.refusals.push({
      code: "alerts-unread",
      subject: subject.slice(0, 300),
      found: found.slice(0, 500),
    });
  }
}

function refuseToken(): Refusal {
  return {
    code: "secret-missing",
    subject: "SENTRY_AUTH_TOKEN",
    found: "it is empty, and the config names incidents.sentry",
    hint: "set-sentry-token",
  };
}

function faultOf({ issues: [first] }: z.ZodError): string {
  return `${first?.path.join(".") ?? ""}: ${first?.message ?? "not readable"}`;
}

/** The cursor of the next page, if the header says that it has results. */
function nextCursor(link: string): string | undefined {
  for (const part of link.split(/,(?=\s*<)/)) {
    if (!/;\s*rel="next"/.test(part) || !/;\s*results="true"/.test(part)) continue;
    return /;\s*cursor="([0-9]{1,20}:[0-9]{1,10}:[01])"/.exec(part)?.[1];
  }
  return undefined;
}

import type { Web } from "../../src/ports/web.ts";

export type WebAnswer = Awaited<ReturnType<Web["get"]>>;

export interface FakeWeb extends Web {
  /** Every URL asked for, in order. */
  readonly requests: readonly string[];
}

/** An answer with status 200, unless told otherwise. */
export function answered(body: string, status = 200, durationMs = 5): WebAnswer {
  return { kind: "answered", status, body, durationMs };
}

/**
 * Plays answers by URL: one answer is given again and again, a list is played once in order.
 * Rejects for a URL it was not given and after the end of a list.
 */
export function createFakeWeb(
  answers: Readonly<Record<string, WebAnswer | readonly WebAnswer[]>> = {},
): FakeWeb {
  const requests: string[] = [];
  const played = new Map<string, number>();
  const get: Web["get"] = async (url) => {
    requests.push(url);
    const script = answers[url];
    if (script === undefined) throw new Error(`the fake web has no answer for ${url}`);
    if ("kind" in script) return script;
    const turn = played.get(url) ?? 0;
    played.set(url, turn + 1);
    const answer = script[turn];
    if (answer === undefined) throw new Error(`the fake web has no answer ${turn + 1} for ${url}`);
    return answer;
  };
  return {
    requests,
    get,
    download: async (url, bounds) => {
      const answer = await get(url, bounds);
      if (answer.kind === "unreachable") return answer;
      const { kind, status, body, durationMs } = answer;
      const whole = new TextEncoder().encode(body);
      const complete = whole.length <= bounds.maximumBytes;
      const bytes = whole.subarray(0, bounds.maximumBytes);
      return { kind, status, bytes, complete, durationMs };
    },
  };
}

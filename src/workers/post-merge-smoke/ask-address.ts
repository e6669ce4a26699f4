import type { WebProbe } from "../../domain/config/probe.ts";
import { type ProbeTry, probeIdOf } from "../../domain/smoke.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Web } from "../../ports/web.ts";
import { faultsOfJson } from "./json-faults.ts";
import type { Matcher } from "./pattern.ts";
import type { ReadyProbe } from "./probe.ts";

const TIMEOUT_MS = 10_000;
const BODY_BYTES = 65_536;

/** A probe with a compiled pattern. An invalid pattern is a fault of the config, found before any request. */
export function askAddress(
  probe: WebProbe,
  { matcher, web }: { readonly matcher: Matcher | undefined; readonly web: Web },
): ReadyProbe {
  return {
    id: probeIdOf(probe),
    url: probe.get,
    judgesTime: probe.expect.withinMs !== undefined,
    ask: () => ask(probe, matcher, web),
  };
}

async function ask(probe: WebProbe, matcher: Matcher | undefined, web: Web): Promise<ProbeTry> {
  const { withinMs } = probe.expect;
  // The duration of a slow answer is useful, so wait for it longer than allowed.
  const timeoutMs = Math.max(TIMEOUT_MS, withinMs === undefined ? 0 : withinMs * 2);
  const answer = await web.get(probe.get, { timeoutMs, maximumBytes: BODY_BYTES });
  const { durationMs } = answer;
  if (answer.kind === "unreachable") {
    return { status: "unreachable", found: cut(answer.reason, 500), durationMs };
  }
  const faults = faultsOf(probe, matcher, answer);
  const isSlow = withinMs !== undefined && durationMs > withinMs;
  const late = isSlow ? [`expected an answer within ${withinMs} ms`] : [];
  const seen = `HTTP ${answer.status} in ${Math.round(durationMs)} ms`;
  const found = [...faults, ...late].join("; ");
  return {
    status: faults.length > 0 ? "failed" : isSlow ? "slow" : "passed",
    found: cut(found === "" ? seen : `${seen}: ${found}`, 500),
    durationMs,
  };
}

/** One code span for the whole text; otherwise each word would be shown in its own. */
function inCode(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

function faultsOf(
  { expect }: WebProbe,
  matcher: Matcher | undefined,
  answer: { readonly status: number; readonly body: string },
): readonly string[] {
  const faults: string[] = [];
  if (answer.status !== expect.status) faults.push(`expected HTTP ${expect.status}`);
  if (matcher !== undefined && !matcher.matches(answer.body)) {
    faults.push(
      `the body ${inCode(JSON.stringify(cut(answer.body, 120)))} does not match ${inCode(`${expect.bodyMatches}`)}`,
    );
  }
  if (expect.json !== undefined) faults.push(...faultsOfJson(answer, expect.json));
  return faults;
}

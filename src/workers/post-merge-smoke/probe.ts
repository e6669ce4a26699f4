import type { Probe } from "../../domain/config/smoke.ts";
import type { ProbeResult } from "../../domain/proposal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Web } from "../../ports/web.ts";
import type { Matcher } from "./pattern.ts";

/** Tries of one probe, so that a hiccup is told from a break; a pass at a later try stands in `tries`. */
export const PROBE_TRIES = 3;
const PAUSE_MS = 1_000;
const TIMEOUT_MS = 10_000;
const BODY_BYTES = 65_536;

/** A probe whose pattern is compiled already: a pattern that cannot be is a fault of the config, found before any look. */
export interface ReadyProbe {
  readonly probe: Probe;
  readonly matcher: Matcher | undefined;
}

/** Asks until one try passes. Reached and wrong beats unreachable: something answered, and it was not what is expected. */
export async function runProbe(
  ready: ReadyProbe,
  ports: { readonly web: Web; readonly clock: Clock },
): Promise<ProbeResult> {
  let told: ProbeResult = { ...(await ask(ready, ports.web)), tries: 1 };
  for (let tries = 2; tries <= PROBE_TRIES && told.status !== "passed"; tries += 1) {
    await ports.clock.wait(PAUSE_MS * (tries - 1));
    const result = await ask(ready, ports.web);
    const isLess = told.status === "failed" && result.status === "unreachable";
    told = { ...(isLess ? told : result), tries };
  }
  return told;
}

async function ask({ probe, matcher }: ReadyProbe, web: Web): Promise<Omit<ProbeResult, "tries">> {
  const { withinMs } = probe.expect;
  // A slow answer is worth its figure: wait for it longer than it may take.
  const timeoutMs = Math.max(TIMEOUT_MS, withinMs === undefined ? 0 : withinMs * 2);
  const answer = await web.get(probe.get, { timeoutMs, maximumBytes: BODY_BYTES });
  const head = { url: cut(probe.get, 500), durationMs: answer.durationMs };
  if (answer.kind === "unreachable") {
    return { ...head, status: "unreachable", found: cut(answer.reason, 500) };
  }
  const faults = faultsOf(probe, matcher, answer);
  const seen = `HTTP ${answer.status} in ${Math.round(answer.durationMs)} ms`;
  if (faults.length === 0) return { ...head, status: "passed", found: seen };
  return { ...head, status: "failed", found: cut(`${seen}: ${faults.join("; ")}`, 500) };
}

function faultsOf(
  { expect }: Probe,
  matcher: Matcher | undefined,
  answer: { readonly status: number; readonly body: string; readonly durationMs: number },
): readonly string[] {
  const faults: string[] = [];
  if (answer.status !== expect.status) faults.push(`expected HTTP ${expect.status}`);
  if (expect.withinMs !== undefined && answer.durationMs > expect.withinMs) {
    faults.push(`expected an answer within ${expect.withinMs} ms`);
  }
  if (matcher !== undefined && !matcher.matches(answer.body)) {
    faults.push(
      `the body ${JSON.stringify(cut(answer.body, 120))} does not match ${expect.bodyMatches}`,
    );
  }
  return faults;
}

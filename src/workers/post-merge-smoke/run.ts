import type { Config } from "../../domain/config/schema.ts";
import type { ReleaseOrder } from "../../domain/order.ts";
import type { FailedProposal, ProbeResult, SmokeProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Web } from "../../ports/web.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { compilePattern } from "./pattern.ts";
import { type ReadyProbe, runProbe } from "./probe.ts";
import { type Waited, waitUntilLive } from "./wait-live.ts";

export interface SmokePorts {
  readonly web: Web;
  readonly clock: Clock;
}

/**
 * Waits until the merged commit is live, where the config names a place to look, then runs the probes. What could not be
 * reached is neither a pass nor a failure and says so; a config without probes is told apart from probes that passed.
 */
export async function runSmoke(
  order: ReleaseOrder,
  ports: SmokePorts,
): Promise<SmokeProposal | FailedProposal> {
  const { clock } = ports;
  return await runWorker<SmokeProposal>(order, { of: "post-merge-smoke", clock }, async (meter) => {
    const { release } = order;
    const ready = readyProbes(order.config);
    if ("refusal" in ready) return ready;
    const found = await smoke(
      { config: order.config, probes: ready.probes, mergeSha: release.mergeSha },
      ports,
    );
    return {
      ...proposalHead(order, meter.spent()),
      worker: "post-merge-smoke",
      mergeSha: release.mergeSha,
      ...found,
    };
  });
}

function readyProbes(
  config: Config,
): { readonly probes: readonly ReadyProbe[] } | { readonly refusal: Refusal } {
  const probes: ReadyProbe[] = [];
  for (const [index, probe] of config.smoke.probes.entries()) {
    const { bodyMatches } = probe.expect;
    if (bodyMatches === undefined) {
      probes.push({ probe, matcher: undefined });
      continue;
    }
    const matcher = compilePattern(bodyMatches);
    if ("fault" in matcher) return { refusal: refusePattern(index, bodyMatches, matcher) };
    probes.push({ probe, matcher });
  }
  return { probes };
}

function refusePattern(
  index: number,
  pattern: string,
  { fault, at }: { readonly fault: string; readonly at: number },
): Refusal {
  return {
    code: "config-invalid",
    subject: `smoke.probes[${index}].expect.bodyMatches`,
    found: `${pattern}: ${fault} at character ${at + 1}`,
    accepted: "characters, classes, groups, |, * + ? {n,m}, ^ and $",
    hint: "mend-the-pattern",
  };
}

type Smoked = Pick<SmokeProposal, "liveSha" | "status" | "waitedMs" | "probes">;

async function smoke(
  about: {
    readonly config: Config;
    readonly probes: readonly ReadyProbe[];
    readonly mergeSha: string;
  },
  ports: SmokePorts,
): Promise<Smoked> {
  const { deploy } = about.config.smoke;
  let waited: Waited | undefined;
  if (deploy?.sha !== undefined) {
    const timeoutMs = deploy.timeoutSeconds * 1_000;
    waited = await waitUntilLive({ url: deploy.sha, sha: about.mergeSha, timeoutMs }, ports);
    if (waited.outcome !== "live") return notLive(deploy.sha, waited);
  }
  const probes: ProbeResult[] = [];
  for (const probe of about.probes) probes.push(await runProbe(probe, ports));
  const seen = { liveSha: waited?.liveSha ?? null, waitedMs: waited?.waitedMs ?? 0 };
  return { ...seen, status: statusOf(probes), probes };
}

/** Probes against another commit would prove nothing about this one: the look itself is the result. */
function notLive(url: string, waited: Waited): Smoked {
  const status = waited.outcome === "unreachable" ? "unreachable" : "failed";
  const { liveSha, waitedMs, tries } = waited;
  const probe = {
    url: cut(url, 500),
    status,
    found: cut(waited.found, 500),
    durationMs: waitedMs,
    tries,
  } as const;
  return { liveSha, status, waitedMs, probes: [probe] };
}

function statusOf(probes: readonly ProbeResult[]): SmokeProposal["status"] {
  if (probes.length === 0) return "nothing-to-probe";
  if (probes.some(({ status }) => status === "failed")) return "failed";
  return probes.some(({ status }) => status === "unreachable") ? "unreachable" : "passed";
}

import { programProbeOf, webProbeOf } from "../../domain/config/probe.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { ReleaseOrder } from "../../domain/order.ts";
import type { FailedProposal, SmokeProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { type SmokeResult, statusOfProbes } from "../../domain/smoke.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Web } from "../../ports/web.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { askAddress } from "./ask-address.ts";
import { compareWithBefore, type Earlier, NOTHING_SEEN, seenInThisJob } from "./before.ts";
import { compilePattern } from "./pattern.ts";
import { type ReadyProbe, runProbes } from "./probe.ts";
import { askProgram } from "./programs/ask-program.ts";
import { type OpenTools, type Preparing, prepare } from "./programs/prepare.ts";
import { look, waitUntilLive } from "./wait-live.ts";

/** Before a merge the older commit may disappear at any moment, so failures there are repeated at once. */
const EARLIER_SPREAD_MS = 3_000;

export interface SmokePorts {
  readonly web: Web;
  readonly clock: Clock;
  /** Needs of program probes; absent: they cannot run. */
  readonly tools?: OpenTools | undefined;
}

/** Ready probes: those of addresses, and programs, which may have to be installed first. */
interface Ready {
  readonly addresses: readonly ReadyProbe[];
  readonly programs: readonly ReadyProbe[];
}

/**
 * Waits until the merged commit is live, if the config names a place to look, then runs the probes. An unreachable probe
 * is neither a pass nor a failure and says so. A config without probes differs from probes that passed.
 */
export async function runSmoke(
  order: ReleaseOrder,
  ports: SmokePorts,
): Promise<SmokeProposal | FailedProposal> {
  const { clock } = ports;
  return await runWorker<SmokeProposal>(order, { of: "post-merge-smoke", clock }, async (meter) => {
    const { release } = order;
    const addresses = readyAddresses(order.config, ports);
    if ("refusal" in addresses) return addresses;
    const { programs, close } = readyPrograms(order, ports);
    try {
      const found = await smoke(order, { addresses: addresses.probes, programs }, ports);
      return {
        ...proposalHead(order, meter.spent()),
        worker: "post-merge-smoke",
        mergeSha: release.mergeSha,
        ...found,
      };
    } finally {
      await close();
    }
  });
}

/** Their needs are prepared during the wait, and only if there are any. */
function readyPrograms(
  { config, release }: ReleaseOrder,
  { tools }: SmokePorts,
): { readonly programs: readonly ReadyProbe[]; close(): Promise<void> } {
  const probes = config.smoke.probes.flatMap((probe) => programProbeOf(probe) ?? []);
  if (probes.length === 0) return { programs: [], close: async () => undefined };
  const prepared: Promise<Preparing> = prepare(release.programsFrom, tools);
  return {
    programs: probes.map((probe) => askProgram(probe, { release, prepared })),
    close: async () => {
      const ready = await prepared;
      if (typeof ready !== "string") await ready.close();
    },
  };
}

function readyAddresses(
  config: Config,
  { web }: SmokePorts,
): { readonly probes: readonly ReadyProbe[] } | { readonly refusal: Refusal } {
  const probes: ReadyProbe[] = [];
  for (const [index, configured] of config.smoke.probes.entries()) {
    const probe = webProbeOf(configured);
    if (probe === undefined) continue;
    const { bodyMatches } = probe.expect;
    const matcher = bodyMatches === undefined ? undefined : compilePattern(bodyMatches);
    if (matcher !== undefined && "fault" in matcher) {
      return { refusal: refusePattern(index, bodyMatches ?? "", matcher) };
    }
    probes.push(askAddress(probe, { matcher, web }));
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

type Smoked = Omit<SmokeResult, "mergeSha">;

async function smoke(order: ReleaseOrder, ready: Ready, ports: SmokePorts): Promise<Smoked> {
  const seen = await seeLive(order, ready, ports);
  const { lookedFor, waitedMs, liveSha } = seen;
  const head = { lookedFor, waitedMs, liveSha };
  if (seen.status !== undefined) return { ...head, status: seen.status, probes: [] };
  const { spreadSeconds } = order.config.smoke;
  const probes = [...ready.addresses, ...ready.programs];
  const probed = await runProbes(probes, ports, { spreadMs: spreadSeconds * 1_000 });
  const leftOut = probes.flatMap(({ url, whyLeftOut }) => {
    const why = whyLeftOut?.();
    return why === undefined ? [] : [{ what: cut(url, 500), why: cut(why, 500) }];
  });
  const overtaken = await lookAgain(order, ports);
  if (overtaken !== undefined) return { ...head, ...overtaken };
  const known = { earlier: seen.earlier, recorded: order.release.before };
  const results = probed.map((one) => compareWithBefore(one, known));
  return {
    ...head,
    status: statusOfProbes(results),
    probes: results,
    ...(leftOut.length === 0 ? {} : { leftOut }),
  };
}

interface Seen extends Omit<Smoked, "status" | "probes"> {
  /** Why nothing is probed; absent otherwise. */
  readonly status?: "not-deployed" | "unreachable";
  readonly earlier: Earlier;
}

/** Probes of another commit prove nothing about this one, so the look itself is the result. */
async function seeLive(
  { config, release }: ReleaseOrder,
  { addresses, programs }: Ready,
  ports: SmokePorts,
): Promise<Seen> {
  const url = config.smoke.deploy?.sha;
  if (url === undefined) return { ...byStatus(release), waitedMs: 0, earlier: NOTHING_SEEN };
  const timeoutMs = (config.smoke.deploy?.timeoutSeconds ?? 0) * 1_000;
  const wanted = { url, sha: release.mergeSha, timeoutMs };
  let earlier = NOTHING_SEEN;
  const waited = await waitUntilLive(wanted, ports, async (liveSha) => {
    // Addresses first, and each group by itself, because programs take time, and the older commit may be gone by then.
    for (const probes of [addresses, programs]) {
      if (probes.length === 0) continue;
      const probed = await runProbes(probes, ports, { spreadMs: EARLIER_SPREAD_MS });
      const still = await look(wanted, ports.web);
      if (still.liveSha !== liveSha) return;
      earlier = new Map([...earlier, ...seenInThisJob(liveSha, probed)]);
    }
  });
  const { liveSha, waitedMs, tries, outcome } = waited;
  const lookedFor = { where: cut(url, 500), found: cut(waited.found, 500), tries };
  const seen = { liveSha, waitedMs, lookedFor, earlier };
  if (outcome === "live") return seen;
  return { ...seen, status: outcome === "unreachable" ? "unreachable" : "not-deployed" };
}

/** If GitHub reported the deployment to control, the order says so; otherwise it is unknown which commit answers. */
function byStatus({
  deployed,
  mergeSha,
}: ReleaseOrder["release"]): Pick<Smoked, "liveSha" | "lookedFor"> {
  if (deployed === undefined) return { liveSha: null, lookedFor: null };
  const found = `success at ${deployed.at}`;
  const where = `the deployment to ${deployed.environment}`;
  return { liveSha: mergeSha, lookedFor: { where, found, tries: 1 } };
}

/** Probes that ran while another commit replaced this one say nothing about it. */
async function lookAgain(
  { config, release }: ReleaseOrder,
  { web }: SmokePorts,
): Promise<Pick<Smoked, "liveSha" | "lookedFor" | "status" | "probes"> | undefined> {
  const url = config.smoke.deploy?.sha;
  if (url === undefined) return undefined;
  const again = await look({ url, sha: release.mergeSha }, web);
  if (again.liveSha === null || again.liveSha === release.mergeSha || !again.isGood) {
    return undefined;
  }
  const found = cut(`${again.found} while it was probed`, 500);
  const lookedFor = { where: cut(url, 500), found, tries: 1 };
  return { liveSha: again.liveSha, lookedFor, status: "not-deployed", probes: [] };
}

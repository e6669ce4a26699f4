import type { Gathered } from "../../domain/loop/gathered.ts";
import { ITEMS } from "../../domain/loop/gathered.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { FailedProposal, LoopProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { ProductOptions } from "../../gatherers/product/options.ts";
import type { Sandbox, Workspace } from "../../ports/sandbox.ts";
import { codeSpan } from "../../wording/inert-words.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { gather, type LoopCommand, measure, SHOWN } from "./gather.ts";
import { gatherProductIn, type Visitor } from "./product.ts";
import { gatherShipped, refuseShipped, type ShippedPorts } from "./shipped.ts";

export interface LoopPorts extends ShippedPorts {
  readonly sandbox: Sandbox;
  readonly visitor: Visitor;
}

const MINUTE_MS = 60_000;
const SETUP_SECONDS = 600;

/**
 * Gathers by code: the loop's command on a fresh copy of the base, in the sandbox and without a network, then each of its
 * measures on a copy of its own. What cannot be gathered is a refusal, never an empty list: only a gatherer that looked and
 * found nothing says that nothing is there.
 */
export async function runLoop(
  order: LoopOrder,
  ports: LoopPorts,
): Promise<LoopProposal | FailedProposal> {
  return await runWorker<LoopProposal>(
    order,
    { of: "run-loop", clock: ports.clock },
    async (meter) => {
      const begin = ports.clock.elapsed();
      const remainingMs = () => order.budget.wallClockMs - (ports.clock.elapsed() - begin);
      const found = await gatherAll(order, { ...ports, remainingMs });
      if ("refusal" in found) return found;
      return { worker: "run-loop", ...found, ...proposalHead(order, meter.spent()) };
    },
  );
}

type Found = Pick<LoopProposal, "gathered" | "ran">;
type Bounded = LoopPorts & { readonly remainingMs: () => number };

async function gatherAll(
  order: LoopOrder,
  ports: Bounded,
): Promise<Found | { readonly refusal: Refusal }> {
  const { loop } = order.loop;
  const found = await gatherOnce(order, ports);
  if ("refusal" in found) return found;
  const ran = [{ what: "gather", durationMs: found.durationMs }];
  const measures: Record<string, number> = {
    ...found.gathered.measures,
    [ITEMS]: found.gathered.items.length,
  };
  for (const [what, asked] of Object.entries(loop.measures)) {
    const figure = await onCopy(order, ports, (workspace) =>
      measure(workspace, bounded({ what, ...asked }, ports.remainingMs())),
    );
    if ("refusal" in figure) return figure;
    if (Object.hasOwn(found.gathered.measures, what)) return { refusal: refuseTwice(what) };
    measures[what] = figure.value;
    ran.push({ what, durationMs: figure.durationMs });
  }
  const gathered: Gathered = { items: found.gathered.items, measures };
  return { gathered, ran };
}

/** By the loop's own command, or by a gatherer of the factory; but for the one that looks, they read git objects and run nothing. */
async function gatherOnce(order: LoopOrder, ports: Bounded) {
  const { command, use, minutes } = order.loop.loop.gather;
  if (use === "product") return gatherByLooking(order, ports);
  if (command === undefined) return gatherShipped(order, ports);
  const task = { what: "gather", command, minutes };
  return onCopy(order, ports, (workspace) => gather(workspace, bounded(task, ports.remainingMs())));
}

/** The application of the base runs in the sandbox, with a browser beside it. */
async function gatherByLooking(order: LoopOrder, ports: Bounded) {
  const { with: told, minutes } = order.loop.loop.gather;
  const begin = ports.clock.elapsed();
  try {
    const options = ProductOptions.parse(told);
    const own = options.setup === undefined ? [] : [{ run: options.setup }];
    const found = await onCopy(
      order,
      ports,
      async (workspace) => {
        const timeoutMs = Math.max(1, Math.min(minutes * MINUTE_MS, ports.remainingMs()));
        const { visitor } = ports;
        return { gathered: await gatherProductIn(workspace, { options, visitor, timeoutMs }) };
      },
      [...setupsOf(order), ...own],
    );
    if ("refusal" in found) return found;
    return { ...found, durationMs: Math.max(0, ports.clock.elapsed() - begin) };
  } catch (error) {
    return { refusal: refuseShipped("product", error) };
  }
}

function bounded(
  { what, command, minutes }: Pick<LoopCommand, "what" | "command"> & { readonly minutes: number },
  remainingMs: number,
): LoopCommand {
  return { what, command, timeoutMs: Math.max(1, Math.min(minutes * MINUTE_MS, remainingMs)) };
}

/** A fresh copy of the base for each command: none finds what another one left. */
async function onCopy<Result>(
  order: LoopOrder,
  ports: Bounded,
  work: (workspace: Workspace) => Promise<Result>,
  setups: readonly Setup[] = setupsOf(order),
): Promise<Result | { readonly refusal: Refusal }> {
  const workspace = await ports.sandbox.workspace((directory) =>
    ports.repository.materialize(order.base, directory),
  );
  try {
    for (const setup of setups) {
      const refusal = await setUp(workspace, setup, ports);
      if (refusal !== undefined) return { refusal };
    }
    // Only after setup, whose network is open: what strangers wrote in issues stands there.
    const content = order.loop.visible;
    await workspace.write([{ path: SHOWN, mode: "100644", encoding: "utf-8", content }]);
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

type Setup = Pick<NonNullable<LoopOrder["config"]["checks"]["setup"]>, "run"> & {
  readonly timeoutSeconds?: number | undefined;
};

function setupsOf({ config, loop }: LoopOrder): readonly Setup[] {
  const { setup } = config.checks;
  return loop.loop.gather.setup && setup !== undefined ? [setup] : [];
}

/** On base bytes alone, the one phase with a network (DESIGN §5.3). */
async function setUp(
  workspace: Workspace,
  setup: Setup,
  ports: Bounded,
): Promise<Refusal | undefined> {
  const limitMs = (setup.timeoutSeconds ?? SETUP_SECONDS) * 1_000;
  const timeoutMs = Math.max(1, Math.min(limitMs, ports.remainingMs()));
  const result = await workspace.run({ command: setup.run, timeoutMs, network: true });
  if (result.status === "exited" && result.exitCode === 0) return undefined;
  return {
    code: "check-failed",
    subject: "setup",
    found: cut(
      `exit code ${result.exitCode ?? "none"}: ${result.output.trim().slice(-1_000)}`,
      2_000,
    ),
    accepted: `${codeSpan(setup.run)} succeeds on the base commit`.slice(0, 500),
    hint: "mend-setup",
  };
}

function refuseTwice(measured: string): Refusal {
  return {
    code: "nothing-produced",
    subject: `the measure ${measured}`,
    found: "the gatherer and a command both give it",
    accepted: "one of the two",
  };
}

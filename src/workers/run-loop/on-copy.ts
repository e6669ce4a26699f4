import { setupCommand } from "../../domain/config/check.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox, Workspace } from "../../ports/sandbox.ts";
import { codeSpan } from "../../wording/inert-words.ts";
import { SHOWN } from "./gather.ts";

const SETUP_SECONDS = 600;

interface CopyPorts {
  readonly repository: Repository;
  readonly sandbox: Sandbox;
  readonly remainingMs: () => number;
}

interface OnCopy<Result> {
  readonly work: (workspace: Workspace) => Promise<Result>;
  /** Runs after the config's own setup. */
  readonly setups?: readonly Setup[];
  /** Whether the copy has a gatherer's view of GitHub; never if `work` has a network. */
  readonly shows?: boolean;
}

/** A fresh copy of the base for each command, so that none finds another one's files. */
export async function onCopy<Result>(
  order: LoopOrder,
  ports: CopyPorts,
  { work, setups = [], shows = true }: OnCopy<Result>,
): Promise<Result | { readonly refusal: Refusal }> {
  const workspace = await ports.sandbox.workspace((directory) =>
    ports.repository.materialize(order.base, directory),
  );
  try {
    for (const setup of [...setupsOf(order), ...setups]) {
      const refusal = await setUp(workspace, setup, ports);
      if (refusal !== undefined) return { refusal };
    }
    // Only after setup, whose network is open, because the view has strangers' words from issues.
    const content = order.loop.visible;
    if (shows) await workspace.write([{ path: SHOWN, mode: "100644", encoding: "utf-8", content }]);
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
  ports: CopyPorts,
): Promise<Refusal | undefined> {
  const limitMs = (setup.timeoutSeconds ?? SETUP_SECONDS) * 1_000;
  const timeoutMs = Math.max(1, Math.min(limitMs, ports.remainingMs()));
  const result = await workspace.run({ ...setupCommand(setup), timeoutMs });
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

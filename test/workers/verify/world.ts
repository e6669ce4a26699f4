import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { Naming } from "../../../src/domain/evidence/naming.ts";
import type { CheckRun, Evidence } from "../../../src/domain/evidence.ts";
import { Proposal } from "../../../src/domain/proposal.ts";
import type { SandboxCommand, SandboxResult } from "../../../src/ports/sandbox.ts";
import { isTestFile } from "../../../src/workers/checks/test-files.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited, type FakeSandbox } from "../../fakes/sandbox.ts";
import { createFakeWeb } from "../../fakes/web.ts";
import { contractOf, lineOrder } from "../orders.ts";
import { syntax } from "../syntax.ts";

export const CHECKS = {
  setup: "npm ci",
  lint: "npm run lint",
  test: { run: "npm test", report: "reports/junit.xml" },
};
export const BASE = {
  "src/quote.ts": "export const a = 1;\n",
  "test/quote.test.ts": `test("old", () => expect(a).toBe(1));\n`,
  "package.json": "{}\n",
};
export const CHANGE: readonly ChangedFile[] = [
  { path: "src/quote.ts", mode: "100644", encoding: "utf-8", content: "export const a = 2;\n" },
  {
    path: "test/quote.test.ts",
    mode: "100644",
    encoding: "utf-8",
    content: `test("old", () => expect(a).toBe(1));\ntest("new", () => expect(a).toBe(2));\n`,
  },
];

export function junit(tests: Readonly<Record<string, boolean>>): string {
  const cases = Object.entries(tests).map(
    ([name, passed]) => `<testcase name="${name}">${passed ? "" : "<failure/>"}</testcase>`,
  );
  return `<testsuites>${cases.join("")}</testsuites>`;
}

export const NAMINGS: readonly Naming[] = [
  { criterion: "AC1", tests: ["new"], symbols: [], checks: [] },
];

const REPORTS = new Set(["reports/junit.xml"]);

export type On = CheckRun["on"];
export interface World {
  readonly checks?: unknown;
  /** The rest of the config. */
  readonly config?: object;
  /** Time that each command takes, in ms. */
  readonly takesMs?: number;
  readonly files?: readonly ChangedFile[];
  readonly base?: Readonly<Record<string, string>>;
  readonly isolation?: "bubblewrap" | "none";
  readonly criteria?: ReturnType<typeof contractOf>["acceptance"];
  /** What is named for the criteria; the test `new` for the first one where nothing is said. */
  readonly namings?: readonly Naming[];
  /** What a command does in which tree. */
  readonly run?: (command: SandboxCommand, on: On) => SandboxResult | undefined;
  /** Answers of the web by address; it has none for any other. */
  readonly web?: Parameters<typeof createFakeWeb>[0];
  /** Digests of dependency changes that a person approved. */
  readonly approved?: readonly string[];
  /** The report that the test command leaves, by tree. */
  readonly report?: (on: On, put: readonly ChangedFile[]) => string | undefined;
}

/** Plays a repository: which tree a workspace holds shows in what was written into it. */
export function play(world: World = {}) {
  const repository = createFakeRepository();
  const base = repository.commit(world.base ?? BASE);
  const written = new Map<number, readonly ChangedFile[]>();
  const kept = new Map<number, readonly ChangedFile[]>();
  const put = new Map<number, readonly ChangedFile[]>();
  const tested = new Set<number>();
  const clock = createFakeClock();
  const files = world.files ?? CHANGE;
  const on = (workspace: number): On => {
    const put = written.get(workspace) ?? [];
    if (put.length === 0) return "base";
    if (put.length === files.length) return "change";
    return put.every(({ path }) => isTestFile(path))
      ? "base-with-changed-tests"
      : "change-with-base-tests";
  };
  const sandbox: FakeSandbox = createFakeSandbox({
    isolation: world.isolation ?? "bubblewrap",
    run: (command, workspace) => {
      if (command.command.startsWith("npm test")) tested.add(workspace);
      clock.advance(world.takesMs ?? 0);
      return world.run?.(command, on(workspace)) ?? exited(0, `ran ${command.command}`);
    },
    write: (changed, workspace) => {
      // A report of an earlier run is cleared away before the next.
      if (changed.every((file) => REPORTS.has(file.path))) tested.delete(workspace);
      else if (kept.has(workspace)) put.set(workspace, changed);
      else written.set(workspace, changed);
    },
    keep: (workspace) => void kept.set(workspace, written.get(workspace) ?? []),
    restore: (workspace) => {
      put.delete(workspace);
      tested.delete(workspace);
    },
    readFile: (path, workspace) =>
      path === "reports/junit.xml" && tested.has(workspace)
        ? (world.report ?? reportOfGoodChange)(on(workspace), put.get(workspace) ?? [])
        : undefined,
  });
  const contract = contractOf(world.criteria === undefined ? {} : { acceptance: world.criteria });
  const order = lineOrder({
    base,
    config: Config.parse({ ...world.config, checks: world.checks ?? CHECKS }),
    contract,
    approvedDependencies: [...(world.approved ?? [])],
  });
  const changeSet = { base, files: [...files] };
  const web = createFakeWeb(world.web);
  const ports = { repository, sandbox, clock, web, syntax };
  return { repository, sandbox, order, changeSet, ports };
}

export function reportOfGoodChange(on: On): string {
  if (on === "base" || on === "change-with-base-tests") return junit({ old: true });
  return junit({ old: true, new: on === "change" });
}

export async function verify(world: World = {}) {
  const { order, changeSet, ports, sandbox, repository } = play(world);
  const { namings = NAMINGS } = world;
  const proposal = Proposal.parse(await runVerify(order, { changeSet, namings }, ports));
  return { proposal, order, changeSet, sandbox, repository };
}

export async function verified(world: World = {}) {
  const done = await verify(world);
  if (done.proposal.worker !== "verify") throw new Error(JSON.stringify(done.proposal));
  return { ...done, proposal: done.proposal };
}

export function of<Kind extends Evidence["kind"]>(evidence: readonly Evidence[], kind: Kind) {
  return evidence.filter(
    (piece): piece is Extract<Evidence, { kind: Kind }> => piece.kind === kind,
  );
}

export const brief = (evidence: readonly Evidence[]) =>
  of(evidence, "check").map(({ name, on, status }) => `${name} on ${on}: ${status}`);

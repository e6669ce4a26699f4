import type { ControlInput, ControlResult } from "../../../../src/control/observed/situation.ts";
import type { ChecksSeen } from "../../../../src/domain/github/repository-check.ts";
import type { SideProof, TwoSides } from "../../../../src/domain/github/unblock.ts";
import type { UnblockOrder } from "../../../../src/domain/order.ts";
import {
  commented,
  deliver,
  green,
  type Implement,
  newLine,
  orderOf,
  type TestLine,
  type Verify,
} from "../../line.ts";

export const NO_CHECKS: ChecksSeen = { head: "", checks: [], bases: [], changed: [] };

/** A line with a pull request of a person, whose checks are green. */
export function withPull(options: Parameters<typeof newLine>[0] = {}) {
  const line = newLine(options);
  line.github.addBranch("greet");
  line.github.moveBranch("greet");
  line.github.checked({ known: NO_CHECKS });
  return { line, pull: line.github.addPullRequest("greet") };
}

export type Asked = ControlInput["event"];

export async function ask(
  line: TestLine,
  pull: number,
  said: { readonly body?: string; readonly by?: string } = {},
): Promise<{
  readonly event: ReturnType<typeof commented>;
  readonly result: ControlResult;
}> {
  const { body = "/factory unblock", by = "ada" } = said;
  line.nextRun();
  const event = commented(line.github, { issue: pull, by, body });
  const { payload } = event;
  const onPull = { ...payload, issue: { ...payload.issue, pull_request: {} } };
  const rung = { ...event, payload: onPull };
  return { event: rung, result: await line.run("route", { event: rung }) };
}

export function unblockOrderOf(result: ControlResult): UnblockOrder {
  const order = orderOf(result);
  if (order.kind !== "unblock") throw new Error(`an order of kind ${order.kind}`);
  return order;
}

export const KEPT: SideProof = {
  tests: {
    added: 1,
    kept: 3,
    lost: { total: 0, names: [] },
    known: { total: 0, names: [] },
    removed: { total: 0, names: [] },
  },
  dropped: { total: 0, hunks: [] },
};

export interface Work {
  readonly implement: Implement;
  readonly verify: Verify;
}

/** What the workers answer where both sides are kept. */
export function mended(line: TestLine, order: UnblockOrder, change: Partial<TwoSides> = {}): Work {
  const { implement, verify } = green(line.github, order);
  const twoSides: TwoSides = {
    head: order.unblock.head,
    mergeBase: "5".repeat(40),
    conflicts: ["src/greet.ts"],
    edited: [],
    sides: { head: KEPT, base: KEPT },
    ...change,
  };
  const evidence = verify.evidence.filter(({ kind }) => kind === "check");
  return { implement, verify: { ...verify, evidence, twoSides } };
}

export async function settle(
  line: TestLine,
  given: { readonly event: Asked; readonly order: UnblockOrder; readonly work: Partial<Work> },
): Promise<ControlResult> {
  const { implement, verify } = given.work;
  return await line.run("unblock-settle", {
    event: given.event,
    order: given.order,
    proposals: [
      ...(implement === undefined ? [] : [deliver("implement", implement)]),
      ...(verify === undefined ? [] : [deliver("verify", verify)]),
    ],
    jobResults: { implement: "success", verify: "success" },
  });
}

/** What the factory answered on the pull request. */
export async function wordsOn(line: TestLine, pull: number): Promise<readonly string[]> {
  return (await saidOn(line, pull)).filter((body) => !body.startsWith(WORK));
}

/** Where it says that it works on it, and what that cost. */
export async function worksOn(line: TestLine, pull: number): Promise<readonly string[]> {
  return (await saidOn(line, pull)).filter((body) => body.startsWith(WORK));
}

const WORK = "### Millwright · unblock, run ";

async function saidOn(line: TestLine, pull: number): Promise<readonly string[]> {
  const { comments } = await line.github.saidOn(pull);
  const own = line.github.identity.id;
  return comments.filter(({ author }) => author.id === own).map(({ body }) => body);
}

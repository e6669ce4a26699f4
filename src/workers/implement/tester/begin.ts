import type { Plan } from "../../../agent/roles/architect/answer.ts";
import type { Share } from "../../../domain/evidence/tests-written.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Shared } from "../../shared/ask.ts";
import type { Attempt } from "../attempt.ts";
import type { BaseFindings } from "../base-checks.ts";
import type { Bench } from "../bench.ts";
import { type Division, divideTests } from "./division.ts";
import { type Keeper, keepTests, NO_KEEPER } from "./keeper.ts";
import { createRoom, type Room } from "./room.ts";
import { partOf, shareOf } from "./shares.ts";
import { writeTests } from "./write-tests.ts";

/** State when the coder begins. */
export interface Begun {
  readonly division: Division;
  readonly keeper: Keeper;
  /** The coder's part of the budget. */
  readonly asker: Shared;
  /** Cost of every role, once the coder is done. */
  shares(rounds: number): readonly Share[];
  close(): Promise<void>;
}

/**
 * The tester's turn, before the coder's. Its tests are written in its own workspace, run on the base, and then copied
 * into the coder's workspace by trusted code. If no test can come first, nobody is asked.
 */
export async function beginTests(
  bench: Bench,
  given: Attempt,
  started: { readonly plan: Plan; readonly base: BaseFindings },
): Promise<Begun | { readonly refusal: Refusal }> {
  const room = createRoom(bench, given);
  try {
    const begun = await begin(bench, given, { ...started, room });
    if ("refusal" in begun) await room.close();
    return begun;
  } catch (error) {
    await room.close();
    throw error;
  }
}

async function begin(
  bench: Bench,
  given: Attempt,
  started: { readonly plan: Plan; readonly base: BaseFindings; readonly room: Room },
): Promise<Begun | { readonly refusal: Refusal }> {
  const { order, contract } = bench;
  const { plan, base, room } = started;
  const architect = shareOf("architect", 1, { spent: bench.asker.spent(), budget: order.budget });
  const division = divideTests(contract, order.config);
  const close = () => room.close();
  if (division.testers.length === 0) {
    const asker = bench.asker.within(order.budget);
    const shares = (rounds: number) => [
      architect,
      shareOf("coder", rounds, { spent: asker.spent(), budget: asker.budget }),
    ];
    return { division, keeper: NO_KEEPER, asker, shares, close };
  }
  const asker = bench.asker.within(partOf(order.budget, "tester"));
  const interfaces = plan.interfaces ?? [];
  const tester = { bench, given, room, asker, base, interfaces, division };
  const tests = await writeTests(tester);
  if ("refusal" in tests) return tests;
  const isAlone = tests.division.testers.length === 0;
  if (tests.files.length > 0) await bench.workspace.write(tests.files);
  const keeper = isAlone ? NO_KEEPER : keepTests(bench, tester, tests);
  const coder = bench.asker.within(isAlone ? order.budget : partOf(order.budget, "coder"));
  return {
    division: tests.division,
    keeper,
    asker: coder,
    shares: (rounds) => [
      architect,
      shareOf("tester", keeper.tests()?.rounds ?? tests.rounds, {
        spent: asker.spent(),
        budget: asker.budget,
      }),
      shareOf("coder", rounds, { spent: coder.spent(), budget: coder.budget }),
    ],
    close,
  };
}

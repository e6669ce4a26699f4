import type { Gathered } from "../../domain/loop/gathered.ts";
import type { GathererName } from "../../gatherers/names.ts";
import { sayGathered } from "../../wording/gathered/say-gathered.ts";
import type { Context } from "../command/context.ts";
import { untilInterrupted } from "../command/until-interrupted.ts";
import type { GatherArguments } from "./arguments.ts";
import type { Gathering } from "./gathering.ts";

type Run = (gathering: Gathering) => Promise<Gathered>;

/** Each gatherer loads its own room when it is asked for. */
const GATHERERS: Readonly<Record<GathererName, () => Promise<Run>>> = {
  documentation: async () => (await import("./run-documentation.ts")).runDocumentation,
  product: async () => (await import("./run-product.ts")).runProduct,
  performance: async () => (await import("./run-performance.ts")).runPerformance,
  automation: async () => (await import("./run-facts.ts")).runAutomation,
  feedback: async () => (await import("./run-facts.ts")).runFeedback,
  plan: async () => (await import("./run-facts.ts")).runPlan,
};

/** `millwright gather`: answers the exit code. */
export async function playGather(asked: GatherArguments, context: Context): Promise<number> {
  const run = await GATHERERS[asked.name]();
  return untilInterrupted(
    asked,
    async ({ signal, terminal }) => {
      const note = (text: string) => terminal.results.line(`  note: ${text}`);
      const found = await run({ asked, context, signal, note });
      for (const line of sayGathered(asked.name, found).split("\n")) terminal.results.line(line);
      return found;
    },
    () => 0,
  );
}

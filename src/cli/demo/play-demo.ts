import type { Context } from "../command/context.ts";
import { endOf, untilInterrupted } from "../command/until-interrupted.ts";
import { UsageError } from "../command/usage-error.ts";
import type { DemoArguments } from "./arguments.ts";
import { runDemo } from "./demo.ts";
import { loopScenarioNames } from "./loops/loop-scenario.ts";

/** The exit code where this machine has not what the scenario needs. */
const LACKING = 3;

/** Plays the demo, or each weather once, and answers the exit code. */
export async function playDemo(asked: DemoArguments, context: Context): Promise<number> {
  if (asked.week) {
    const { playWeekDemo } = await import("../report/command.ts");
    return playWeekDemo(asked);
  }
  const { scenario, script, weather, port } = asked;
  if (scenario === "learning") {
    const { playLearning } = await import("./learning/play-learning.ts");
    return playLearning(asked);
  }
  const { millwright, environment, parts } = context;
  const given = { millwright, scenario, script, environment, port, ...parts };
  if (loopScenarioNames(millwright).includes(scenario)) {
    if (script !== undefined || weather === "all") {
      throw new UsageError(`${scenario} plays a script of its own in one weather`);
    }
    const { runLoopDemo } = await import("./loops/play-loops.ts");
    return untilInterrupted(
      asked,
      (live) => runLoopDemo({ ...given, ...live, weather }),
      (played) => (played.lacks === undefined ? endOf(played) : LACKING),
    );
  }
  if (weather !== "all") {
    return untilInterrupted(asked, (live) => runDemo({ ...given, ...live, weather }), endOf);
  }
  const { runWeathers } = await import("./weathers.ts");
  return untilInterrupted(
    asked,
    (live) => runWeathers({ ...given, ...live }),
    ({ weathers, done }) => (done === weathers ? 0 : 1),
  );
}

import { terminalFor } from "../command/output.ts";
import type { ChaosArguments } from "./arguments.ts";
import { runChaos } from "./chaos.ts";

/** Prints what came out otherwise as it is found, then one JSON line. Exit code 1 where anything did. */
export async function tellChaos(asked: ChaosArguments): Promise<number> {
  const terminal = terminalFor(asked);
  const result = await runChaos({ ...asked, terminal });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result.points > 0 && result.converged === result.points ? 0 : 1;
}

import { declareCommand } from "../command/declare.ts";

export function declareAct() {
  return declareCommand("act", {
    summary: "plays a normal issue with nektos/act, another runner",
    description:
      "Plays a normal issue and its nightly audit with nektos/act, a runner of another maker. Go installs it once. Without Go, the command says so and does nothing.",
    examples: ["npm run act", "npm run act -- --json"],
    result: "how it ended",
  });
}

import { declareCommand } from "../command/declare.ts";

export function declareBench() {
  return declareCommand("bench", {
    summary: "measures what the project promises",
    description: "Measures what the project promises, one JSON line a figure. Takes some minutes.",
    examples: ["npm run bench -- --json", "npm run bench -- --tests"],
  })
    .option("--tests", "measures the tests instead: npm test once; the target is 180 s on 2 cores")
    .option("--json", "the lines alone");
}

import { declareCommand } from "../command/declare.ts";

export function declareBench() {
  return declareCommand("bench", {
    summary: "measures the figures of the project",
    description:
      "Measures the figures of the project, and prints one JSON line for each. Takes some minutes.",
    examples: ["npm run bench -- --json", "npm run bench -- --tests"],
    result: "the figures",
    json: "a JSON line for each figure",
  }).option("--tests", "measures the tests instead: npm test once; the target is 180 s on 2 cores");
}

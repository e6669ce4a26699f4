import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const FOLDER = fileURLToPath(new URL("../../../src/cli/demo/scenarios", import.meta.url));

/** Scenarios with an ending of their own, by whether they merge: those need a real deploy to end. */
export function scenariosThatMerge(merged: boolean): readonly string[] {
  const names = readdirSync(FOLDER).flatMap((name) => /^(.*)\.ending\.yml$/.exec(name)?.[1] ?? []);
  return names.filter((name) => {
    const ending = parse(readFileSync(`${FOLDER}/${name}.ending.yml`, "utf8")) as {
      merged: unknown;
    };
    return ending.merged === merged;
  });
}

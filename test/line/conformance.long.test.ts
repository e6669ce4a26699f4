import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "vitest";
import { Conformance } from "../../src/domain/platform/conformance.ts";
import { WEATHERS } from "../../src/twin/github/weather/weather.ts";
import { HAS_BUBBLEWRAP } from "../bubblewrap.ts";
import { PATIENCE_MS, REPOSITORY, ROOT, raise, type Setting } from "./rig.ts";

// Real runs: what is tested is the template, the workflows, and what the twin does under each weather.

async function template(): Promise<Readonly<Record<string, string>>> {
  const place = "workflow-templates/factory-conformance.yml";
  const text = await readFile(join(ROOT, place), "utf8");
  const faster = text.replace("    with:\n", '    with:\n      pace: "0.1"\n');
  return { ".github/workflows/factory-conformance.yml": faster };
}

/** Starts it as a person would, and reads what it left. */
async function play(weather: Setting["weather"]) {
  await using world = await raise({
    runner: "twin",
    files: await template(),
    ...(weather && { weather }),
  });
  const path = "/actions/workflows/factory-conformance.yml/dispatches";
  await world.send("POST", path, { ref: "main", inputs: {} });
  await world.idle();
  const runs = world.twin.runner.runs().filter(({ repository }) => repository === REPOSITORY);
  const [asked, ...probes] = runs.filter(({ file }) => file.endsWith("factory-conformance.yml"));
  const log = asked?.jobs.flatMap(({ name, conclusion, log: lines }) => [
    `${name}: ${conclusion}`,
    ...lines,
  ]);
  const files = await world.twin.handovers();
  const found = files.find(({ name }) => name === "conformance.json");
  if (found === undefined)
    throw new Error(`no conformance.json: ${asked?.error}\n${log?.join("\n")}`);
  const refs = await world.get<readonly { ref: string }[]>("/git/matching-refs/heads/");
  return {
    ...{ asked, probes, log: log?.join("\n") ?? "" },
    facts: Conformance.parse(found.value).facts,
    branches: refs.map(({ ref }) => ref),
  };
}

/** What the twin may do otherwise than GitHub is believed to, in any weather: both runners are this machine, with its sandbox or without. */
const OF_THIS_MACHINE = ["4.3", "4.4", "4.9", "4.10"];
const STANDS_HERE = HAS_BUBBLEWRAP ? "works" : "refused";

const UNDER: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  fair: {},
  "merge-refused-first": { "6.5": /^2$/ },
  "mergeable-unknown": { "6.6": /^3$/ },
  "lists-lag": { "7.1": /^[456]$/ },
  "secondary-limit": { "3.2": /^429, every 2 of them$/ },
  "server-errors": { "7.5": /^every 13 requests$/ },
  "lost-answers": { "7.6": /^every 11 requests$/ },
  // Strict is how the twin reads skips in fair weather.
  "lenient-skips": { "2.5": /^ran$/ },
  // The sandbox stands all the same.
  "apt-list-broken": {},
};
const FAIR: Readonly<Record<string, RegExp>> = {
  "2.5": /^skipped$/,
  "3.2": /^not met$/,
  "6.5": /^0$/,
  "6.6": /^0$/,
  "7.1": /^[01]$/,
  "7.5": /^not met$/,
  "7.6": /^not met$/,
};

describe("the conformance workflow on the twin", { timeout: PATIENCE_MS }, () => {
  test.for(Object.entries(UNDER))(
    "reports the weather that was set: %s",
    async ([name, under], { expect }) => {
      const weather = Object.entries(WEATHERS).find(([known]) => known === name)?.[1];
      const { asked, probes, facts, branches, log } = await play(weather);
      expect(asked?.conclusion, log).toBe("success");
      expect(probes.map(({ conclusion, attempt }) => [conclusion, attempt])).toEqual([
        ["success", 2],
        ["success", 1],
        ["success", 1],
      ]);
      for (const [number, found] of Object.entries({ ...FAIR, ...under })) {
        expect(facts[number]?.found, number).toMatch(found);
      }
      expect(OF_THIS_MACHINE.map((number) => facts[number]?.found)).toEqual(
        OF_THIS_MACHINE.map(() => STANDS_HERE),
      );
      const apart = (number: string) =>
        ![...OF_THIS_MACHINE, ...Object.keys({ ...FAIR, ...under })].includes(number);
      const rest = Object.entries(facts).filter(([number]) => apart(number));
      expect(rest.filter(([, { standing }]) => standing !== "agrees")).toEqual([]);
      expect(rest.length).toBeGreaterThan(20);
      expect(branches).toEqual(["refs/heads/main"]);
    },
  );
});

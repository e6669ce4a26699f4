import { describe, expect, test } from "vitest";
import type { GitHub } from "../../../../src/ports/github.ts";
import { doorbell, kindsOf, ledgerOf, newLine, type TestLine } from "../../line.ts";
import { type Files, treeFiles } from "../../three-way/tree-of.ts";
import { claimNext, gating, PERSON_MERGES, settleGreen } from "./gating.ts";

const BASE: Files = { "src/greet.ts": "one\ntwo\nthree\nfour\nfive\n", "README.md": "# App\n" };
const OWN: Files = { ...BASE, "src/greet.ts": "one\nTWO\nthree\nfour\nfive\n" };

/** What GitHub holds of the base, of the pull request's head and of the default branch now. */
function holds(line: TestLine, base: string, now: Files): Pick<GitHub, "treeAt" | "bytesAt"> {
  const own = line.github.pullRequest(2).head.sha;
  const at = (commit: string): Files => {
    if (commit === base) return BASE;
    if (commit === own) return OWN;
    if (commit === line.github.head()) return now;
    throw new Error(`nobody made the commit ${commit}`);
  };
  return {
    treeAt: async (commit) => ({ parents: [], files: { known: treeFiles(at(commit)) } }),
    bytesAt: async (commit, paths) =>
      paths.map((path) => {
        const file = at(commit)[path];
        return { known: typeof file === "string" ? new TextEncoder().encode(file) : null };
      }),
  };
}

async function moved(line: TestLine, now: Files) {
  const issue = await gating(line);
  const base = line.github.head();
  line.github.moveHead();
  const event = doorbell(line.github, issue);
  return { issue, base, event, held: holds(line, base, now) };
}

describe("the base of a pull request that waits has moved", () => {
  test.each<readonly [string, Files, string]>([
    [
      "the same line reads otherwise now",
      { ...BASE, "src/greet.ts": "one\nzwei\nthree\nfour\nfive\n" },
      "src/greet.ts: changed since in the same place",
    ],
    [
      "its file is gone",
      { "README.md": "# App\n" },
      "src/greet.ts: changed since in the same place",
    ],
  ])("%s: it is built anew, as a commit on the same pull request", async (_why, now, said) => {
    const line = newLine({ config: PERSON_MERGES });
    const { issue, event, held } = await moved(line, now);
    const { head } = line.github.pullRequest(2);
    const route = await line.run("route", { event, ...held });
    expect(route).toMatchObject({ stage: "ready", next: "line" });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toEqual({
      kind: "sent-back",
      attempt: 1,
      findings: [`base-moved: conflicts with the default branch at ${line.github.head()}`, said],
    });
    line.nextRun();
    const building = await claimNext(line, issue);
    expect(building.order).toMatchObject({
      base: line.github.head(),
      continues: { pullRequest: 2, head: head.sha },
    });
    expect(await settleGreen(line, building)).toMatchObject({ stage: "gating" });
    line.nextRun();
    expect(await line.run("route", { event })).toMatchObject({ stage: "gating", next: "none" });
  });

  test("it still applies, and a red check is taken up in the same look", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const now = { ...BASE, "src/greet.ts": "one\ntwo\nthree\nfour\nFIVE\n" };
    const { issue, event, held } = await moved(line, now);
    const marks = [{ path: "src/greet.ts", line: 2, message: "no" }];
    const run = { id: 7, attempt: 2 };
    const red = { name: "unit", key: "unit", state: "failed", run, marks, tail: [] } as const;
    line.github.checked({ known: { checks: [red], bases: [], changed: ["src/greet.ts"] } });
    const route = await line.run("route", { event, ...held });
    expect(route).toMatchObject({ stage: "ready", next: "line" });
    expect(kindsOf(line.github, issue).slice(-2)).toEqual(["checked", "sent-back"]);
  });

  test.each<readonly [string, Files]>([
    ["another file changed", { ...BASE, "README.md": "# Another\n" }],
    ["another line changed", { ...BASE, "src/greet.ts": "one\ntwo\nthree\nfour\nFIVE\n" }],
    ["it has the same change already", OWN],
  ])("%s: it still applies, and waits on", async (_why, now) => {
    const line = newLine({ config: PERSON_MERGES });
    const { event, held } = await moved(line, now);
    expect(await line.run("route", { event, ...held })).toMatchObject({
      stage: "gating",
      next: "none",
      effects: [],
    });
  });

  test("GitHub lists not all files: nobody knows, and it waits on", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const { event } = await moved(line, BASE);
    expect(await line.run("route", { event })).toMatchObject({ stage: "gating", effects: [] });
  });

  test("where all attempts are used up a person is asked, with the paths", async () => {
    const line = newLine({ config: `${PERSON_MERGES}limits: { attempts: 1 }\n` });
    const { event, held } = await moved(line, { "README.md": "# App\n" });
    const route = await line.run("route", { event, ...held });
    expect(route).toMatchObject({ stage: "needs-human", next: "none" });
    expect(route.refusals).toMatchObject([
      { code: "attempts-exhausted" },
      { code: "base-moved", found: "src/greet.ts: changed since in the same place" },
    ]);
  });
});

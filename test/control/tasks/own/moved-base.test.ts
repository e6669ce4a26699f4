import { describe, expect, test } from "vitest";
import type { GitHub } from "../../../../src/ports/github.ts";
import {
  aboutItsTree,
  deliveries,
  doorbell,
  green,
  kindsOf,
  ledgerOf,
  newLine,
  type TestLine,
} from "../../line.ts";
import { type Files, treeFiles } from "../../three-way/tree-of.ts";
import { claimNext, gating, PERSON_MERGES, settleGreen } from "./gating.ts";

const BASE: Files = { "src/greet.ts": "one\ntwo\nthree\nfour\nfive\n", "README.md": "# App\n" };
const FIVE = "one\ntwo\nthree\nfour\nFIVE\n";
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

const NAMED = [{ criterion: "AC1", tests: ["greets by name"], symbols: [], checks: [] }];

/** Verified and reviewed as the order hands it on. */
async function settleSame(line: TestLine, building: Awaited<ReturnType<typeof claimNext>>) {
  const { rebuilt } = building.order;
  if (rebuilt === undefined) throw new Error("nothing was made anew");
  const made = green(line.github, building.order);
  const { changeSet, summary, namings } = rebuilt;
  const same = { ...made, implement: { ...made.implement, changeSet, summary, namings } };
  aboutItsTree(line.github, same);
  return await line.run("settle", { ...building, proposals: deliveries(same) });
}

function lastCommit(line: TestLine) {
  return line.github.applied.findLast(({ effect }) => effect.kind === "publish-commit")?.effect;
}

async function moved(line: TestLine, now: Files, namings = NAMED) {
  const issue = await gating(line, namings);
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
      "src/greet.ts: changed since in the same place, last by pull request 41",
    ],
    [
      "its file is gone",
      { "README.md": "# App\n" },
      "src/greet.ts: changed since in the same place, last by pull request 41",
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
      findings: [
        `base-moved: pull request 2 conflicts with the default branch at ${line.github.head()}`,
        said,
      ],
      mistakes: [{ cause: "base-conflict", place: { kind: "path", name: "src/greet.ts" } }],
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

  test.each<readonly [string, Files, string]>([
    ["another line of its file changed", { ...BASE, "src/greet.ts": FIVE }, "same-files"],
    ["a package came", { ...BASE, "package.json": "{}\n" }, "dependencies"],
    ["the checks are others", { ...BASE, ".github/factory.yml": "version: 1\n" }, "config"],
  ])("%s: the same change is made anew, and verified there", async (_why, now, because) => {
    const line = newLine({ config: `${PERSON_MERGES}limits: { attempts: 1 }\n` });
    const { issue, event, held } = await moved(line, now);
    const { head } = line.github.pullRequest(2);
    const route = await line.run("route", { event, ...held });
    expect(route).toMatchObject({ stage: "ready", next: "line" });
    const onto = line.github.head();
    expect(ledgerOf(line.github, issue).at(-1)?.event).toEqual({
      kind: "base-moved",
      attempt: 1,
      head: head.sha,
      onto,
      because,
    });
    line.nextRun();
    const building = await claimNext(line, issue, held);
    const { rebuilt } = building.order;
    expect(rebuilt).toMatchObject({ of: 1, summary: "Greets by name.", namings: NAMED });
    const content =
      because === "same-files" ? "one\nTWO\nthree\nfour\nFIVE\n" : OWN["src/greet.ts"];
    expect(rebuilt?.changeSet).toEqual({
      base: onto,
      files: [{ path: "src/greet.ts", mode: "100644", encoding: "utf-8", content }],
    });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({ rebuilds: true });
    expect(await settleSame(line, building)).toMatchObject({ stage: "gating" });
    expect(line.github.pullRequest(2).state).toBe("open");
    expect(lastCommit(line)).toMatchObject({ parents: [head.sha, onto] });
    line.nextRun();
    expect(await line.run("route", { event })).toMatchObject({ stage: "gating", effects: [] });
  });

  test("another file changed, but a rule of the repository asks for the newest base: it is made anew", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const { issue, event, held } = await moved(line, { ...BASE, "README.md": "# Another\n" });
    line.github.fallBehind(2);
    expect(await line.run("route", { event, ...held })).toMatchObject({ next: "line" });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({ because: "required" });
  });

  test("nobody knows what proves it: it waits on", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const base = line.github.head();
    line.github.moveHead();
    const held = holds(line, base, { ...BASE, "src/greet.ts": FIVE });
    const event = doorbell(line.github, issue);
    expect(await line.run("route", { event, ...held })).toMatchObject({
      stage: "gating",
      effects: [],
    });
  });

  test("no money is left for its review: a person is asked", async () => {
    const line = newLine({ config: `${PERSON_MERGES}limits: { usdPerIssue: 0.3 }\n` });
    const { event, held } = await moved(line, { ...BASE, "src/greet.ts": FIVE });
    const route = await line.run("route", { event, ...held });
    expect(route).toMatchObject({ stage: "needs-human", next: "none" });
    expect(route.refusals).toMatchObject([{ code: "budget-exhausted" }, { code: "base-moved" }]);
  });

  test("while the line is stopped nothing starts", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const { event, held } = await moved(line, { ...BASE, "src/greet.ts": FIVE });
    line.github.addIssue({ author: "ada", title: "stop", body: "", labels: ["factory:andon"] });
    expect(await line.run("route", { event, ...held })).toMatchObject({ next: "none" });
  });

  test("it moves again to what conflicts before the attempt is claimed: it is built like any other", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const { issue, base, event, held } = await moved(line, { ...BASE, "src/greet.ts": FIVE });
    await line.run("route", { event, ...held });
    line.nextRun();
    line.github.moveHead();
    const { order } = await claimNext(line, issue, holds(line, base, { "README.md": "# App\n" }));
    expect(order).not.toHaveProperty("rebuilt");
    expect(order.prior.at(-1)?.findings).toEqual([
      `base-moved: pull request 2 conflicts with the default branch at ${line.github.head()}`,
      "src/greet.ts: changed since in the same place, last by pull request 41",
    ]);
    expect(order.base).toBe(line.github.head());
  });

  test.each<readonly [string, Files]>([
    ["another file changed", { ...BASE, "README.md": "# Another\n" }],
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
      {
        code: "base-moved",
        found: "src/greet.ts: changed since in the same place, last by pull request 41",
      },
    ]);
  });
});

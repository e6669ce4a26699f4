import { expect, test } from "vitest";
import type { Gate } from "../../src/control/gate/rule.ts";
import { greenGate } from "../control/gate/green-gate.ts";
import { green, kindsOf, newLine, toBuilding } from "../control/line.ts";
import { SPOILT } from "../control/spoilt.ts";
import type { Observation } from "./observation.ts";
import { BASE, HEAD, moved, quiet, write } from "./observations.ts";
import { digestOfJson, type HandedOver } from "./oracle/handed-over.ts";
import { faultsOf, faultsOfOwnMerge } from "./oracle/own-gate.ts";
import { faultOfSeals, ledgerLinesOf } from "./oracle/own-ledger.ts";
import { ORACLE } from "./oracle.ts";

const OTHER = "d".repeat(40);

/** What one run handed over that the gate lets through, and the tree that it verified. */
async function passed() {
  const line = newLine();
  const { order } = await toBuilding(line);
  const proposals = green(line.github, order);
  const number = order.issue?.number ?? 0;
  return {
    branch: `factory/${number}-${order.attempt}`,
    comments: `/issues/${number}/comments`,
    tree: proposals.verify.subject.tree,
    handovers: [
      { runId: 1, name: "order.json", value: order },
      ...Object.entries(proposals).map(([name, value]) => ({
        runId: 1,
        name: `${name}.json`,
        value,
      })),
    ],
  };
}

/** A gate as its run hands it over: spoilt or not, each answer names the order as it is. */
function handed(gate: Gate): HandedOver {
  const order = digestOfJson(gate.order);
  const answers = [gate.implement, gate.verify, gate.review].map((answer) => ({
    ...answer,
    order,
  }));
  const [implement, verify, review] = answers;
  return { order: gate.order, implement, verify, review } as unknown as HandedOver;
}

function violations(parts: Partial<Observation>): readonly string[] {
  const seen = quiet(parts);
  return ORACLE.I9.flatMap((invariant) => invariant(seen)).map(({ what }) => what);
}

test("I9 fires on a branch that holds another tree than the verified one", async () => {
  const { branch, handovers, tree } = await passed();
  const requests = [write("PATCH", `/git/refs/heads/${branch}`, { sha: HEAD, force: false })];
  const held = (id: string) =>
    violations({
      requests,
      handovers,
      refs: moved({}, { trees: new Map([[`refs/heads/${branch}`, id]]) }),
    });
  const says = expect.stringContaining(`holds the tree ${OTHER}, verified was ${tree}`);
  expect(held(OTHER)).toContainEqual(says);
  expect(held(tree)).not.toContainEqual(says);
});

test("I9 asks what the factory committed where a person moved the branch too", async () => {
  const { branch, handovers, tree } = await passed();
  const ref = `refs/heads/${branch}`;
  const { deeds } = quiet();
  const after = (committed: string) =>
    violations({
      requests: [
        write("POST", "/git/commits", { message: "x", tree: committed, parents: [BASE] }),
        write("PATCH", `/git/${ref}`, { sha: HEAD, force: false }),
      ],
      handovers,
      deeds: { ...deeds, refs: [ref] },
      refs: moved({}, { trees: new Map([[ref, "f".repeat(40)]]) }),
    });
  const says = (held: string) => expect.stringContaining(`holds the tree ${held}`);
  expect(after(tree)).not.toContainEqual(says("f".repeat(40)));
  expect(after(OTHER)).toContainEqual(says(OTHER));
});

test("I9 fires on a merge that made a tree which nobody verified", async () => {
  const { branch, handovers, tree } = await passed();
  const requests = [write("PUT", "/pulls/2/merge", { sha: HEAD, merge_method: "merge" })];
  const made = (id: string) =>
    violations({
      requests,
      handovers,
      refs: moved(
        { [`refs/heads/${branch}`]: HEAD },
        { main: [{ sha: OTHER, parents: [BASE, HEAD], tree: id }] },
      ),
    });
  const says = expect.stringContaining("which nobody verified");
  expect(made(OTHER)).toContainEqual(says);
  expect(made(tree)).not.toContainEqual(says);
});

test("I9 fires on a merge that no person asked for", async () => {
  const { comments, handovers } = await passed();
  const merge = write("PUT", "/pulls/2/merge", { sha: HEAD, merge_method: "merge" });
  const labels = write("POST", comments.replace("comments", "labels"), {
    labels: ["factory:queued"],
  });
  const merged = (...before: Parameters<typeof violations>[0]["requests"] & object) =>
    violations({ requests: [...before, merge], handovers });
  const fault = "the factory merged what no person asked for or approved";
  expect(merged()).toContain(fault);
  expect(merged(labels)).toContain(fault);
  const person = { kind: "person" as const, login: "writer" as const };
  expect(merged({ ...labels, caller: person })).not.toContain(fault);
});

test("I9 fires on work after a person's stop, until a person says to go on", async () => {
  const { branch, comments, handovers } = await passed();
  const push = write("PATCH", `/git/refs/heads/${branch}`, { sha: HEAD, force: false });
  const says = (body: string) => ({
    ...write("POST", comments, { body }),
    caller: { kind: "person" as const, login: "OWNER" },
  });
  const after = (...words: readonly string[]) =>
    violations({ requests: [...words.map(says), push], handovers });
  const fault = expect.stringContaining("after a person's stop");
  expect(after("/factory stop")).toContainEqual(fault);
  expect(after("/factory stop", "/factory retry")).not.toContainEqual(fault);
  expect(after()).not.toContainEqual(fault);
});

test("I9 fires on more risk than was approved, until a person says yes to it", async () => {
  const { branch, handovers } = await passed();
  const large = handovers.map(({ value, ...rest }) => ({
    ...rest,
    value:
      rest.name === "verify.json"
        ? { ...value, changedLines: 401 }
        : rest.name === "order.json" && "config" in value
          ? { ...value, config: { ...value.config, approve: "always" } }
          : value,
  }));
  const push = write("PATCH", `/git/refs/heads/${branch}`, { sha: HEAD, force: false });
  const after = (risk: string, approvals: number) =>
    violations({
      requests: [push],
      handovers: large,
      issues: [
        {
          ...{ number: Number(branch.split(/[/-]/)[1]), title: "", body: "", author: "OWNER" },
          ...{ state: "open", labels: [] },
          comments: [
            {
              id: 1,
              author: "github-actions[bot]",
              body: `### Millwright · contract\n\nVersion 1 · predicted risk ${risk} · digest`,
            },
            ...Array.from({ length: approvals }, (_, index) => ({
              ...{ id: index + 2, author: "OWNER", body: "/factory approve" },
            })),
          ],
        },
      ],
    });
  const fault = expect.stringContaining("nobody approved so much risk: 401 changed lines");
  expect(after("medium", 1)).toContainEqual(fault);
  expect(after("medium", 2)).not.toContainEqual(fault);
  expect(after("high", 1)).not.toContainEqual(fault);
});

/** Rules that another invariant sees in trees and objects, so that I9 need not. */
const SEEN_ELSEWHERE = ["base", "something", "shape", "paths", "workflows", "secrets"];

test("I9 lets a change pass of which everything holds", async () => {
  const seen = handed(await greenGate());
  expect(faultsOf(seen)).toEqual([]);
  expect(faultsOfOwnMerge(seen).filter((fault) => fault.startsWith("nothing proves"))).toEqual([]);
});

test.each(SPOILT.filter(([rule]) => !SEEN_ELSEWHERE.includes(rule)))(
  "I9 sees by itself what the rule %s refuses as %s",
  async (_rule, _code, spoil) => {
    const gate = await greenGate();
    spoil(gate);
    // What nothing proves may be published: a person merges it.
    const seen = handed(gate);
    expect([...faultsOf(seen), ...faultsOfOwnMerge(seen)]).not.toEqual([]);
  },
);

test("I9 sees by itself what only a person may merge", async () => {
  const gate = await greenGate();
  expect(faultsOfOwnMerge(handed(gate))).toEqual([]);
  for (const piece of gate.verify.evidence)
    if (piece.kind === "test-comparison") piece.altered = ["greets"];
  expect(faultsOfOwnMerge(handed(gate))).toEqual([expect.stringContaining("old tests")]);
  const other = await greenGate();
  other.order.config.trust = { default: "open-pr", scopes: [], ceilings: [] };
  expect(faultsOfOwnMerge(handed(other))).toHaveLength(2);
});

test("I9 knows the seals of a ledger without the code that makes them", async () => {
  const line = newLine();
  const { issue } = await toBuilding(line);
  const comments = line.github
    .comments(issue)
    .map(({ author, body }) => ({ author: author.login, body }));
  const place = { repositoryId: line.github.repositoryId, issue, key: line.sealKey ?? "" };
  const lines = ledgerLinesOf(comments) ?? [];
  expect(lines.map(({ event }) => event.kind)).toEqual(kindsOf(line.github, issue));
  expect(faultOfSeals(lines, place)).toBeUndefined();
  expect(faultOfSeals(lines, { ...place, issue: issue + 1 })).toContain("line 1");
  expect(faultOfSeals(lines, { ...place, key: "b".repeat(40) })).toContain("line 1");
  expect(faultOfSeals(lines.slice(1), place)).toContain("numbered 2");
  const [first, ...rest] = lines;
  if (first === undefined) throw new Error("the ledger has a line");
  const changed = [{ ...first, event: { kind: "approved" } }, ...rest];
  expect(faultOfSeals(changed, place)).toContain("not the repository's");
});

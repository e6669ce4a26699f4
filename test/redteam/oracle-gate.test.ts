import { expect, test } from "vitest";
import { green, newLine, toBuilding } from "../control/line.ts";
import type { Observation } from "./observation.ts";
import { BASE, HEAD, moved, quiet, write } from "./observations.ts";
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

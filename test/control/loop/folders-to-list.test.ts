import { expect, test } from "vitest";
import { foldersToList } from "../../../src/control/loop/folders-to-list.ts";
import type { ControlInput } from "../../../src/control/observed/situation.ts";
import { controlInput, deliver, deliveries, green, newLine, toBuilding } from "../line.ts";

const line = newLine();
const { order, issue, event } = await toBuilding(line);
const good = green(line.github, order);
const { changeSet } = good.implement;

function inputOf(
  task: ControlInput["task"],
  proposals: ControlInput["proposals"] = deliveries(good),
  pinned: ControlInput["order"] = order,
): ControlInput {
  const place = { github: line.github, run: line.nextRun(), sealKey: undefined };
  return controlInput(task, { event, issue, order: pinned, proposals }, place);
}

/** A change of so many files, each in a folder of its own. */
function changing(count: number): ControlInput["proposals"] {
  const files = Array.from({ length: count }, (_, at) => ({
    path: `f${String(at).padStart(3, "0")}/a.ts`,
    mode: "100644" as const,
    encoding: "utf-8" as const,
    content: "",
  }));
  return deliveries({
    ...good,
    implement: { ...good.implement, changeSet: { ...changeSet, files } },
  });
}

const continues = {
  pullRequest: 4,
  branch: `factory/${issue}-1`,
  head: changeSet.base,
} as NonNullable<typeof order.continues>;

test("the folders that a change is made in are shown where it is published", () => {
  expect(foldersToList(inputOf("settle"))).toEqual({
    folders: { commit: changeSet.base, paths: ["", "src", "test"] },
  });
});

test.each<readonly [string, ControlInput]>([
  ["an attempt is claimed", inputOf("claim")],
  ["what implement returned cannot be read", inputOf("settle", [deliver("implement", {})])],
  [
    "it goes on with an open pull request",
    inputOf("settle", deliveries(good), { ...order, continues }),
  ],
  ["it is made in many folders", inputOf("settle", changing(40))],
])("they are not where %s", (_, input) => {
  expect(foldersToList(input)).toEqual({});
});

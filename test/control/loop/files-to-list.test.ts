import { expect, test } from "vitest";
import { filesToList } from "../../../src/control/loop/files-to-list.ts";
import type { ControlInput } from "../../../src/control/observed/situation.ts";
import { controlInput, deliver, deliveries, green, newLine, toBuilding } from "../line.ts";

const line = newLine();
const { order, issue, event } = await toBuilding(line);
const good = green(line.github, order);
const place = { path: "src/greet.ts", line: 3, level: "warning", message: "odd" } as const;
const [check, ...others] = good.verify.evidence;
const marked = { ...good.verify, evidence: [{ ...check, problems: [place] }, ...others] };

function inputOf(
  task: ControlInput["task"],
  proposals: ControlInput["proposals"] = [],
): ControlInput {
  const place = { github: line.github, run: line.nextRun(), sealKey: undefined };
  return controlInput(task, { event, issue, order, proposals }, place);
}

test.each<readonly [string, ControlInput, boolean]>([
  ["an order is made", inputOf("open"), false],
  ["an attempt is claimed", inputOf("claim"), false],
  ["a change is settled whose checks name no place", inputOf("settle", deliveries(good)), false],
  [
    "a change is settled whose checks name places",
    inputOf("settle", deliveries({ ...good, verify: marked as typeof good.verify })),
    true,
  ],
  ["what verify returned cannot be read", inputOf("settle", [deliver("verify", {})]), false],
  ["an alert is heard", inputOf("incident"), true],
  [
    "a push would start workflows",
    { ...inputOf("claim"), identity: { id: 5, login: "app[bot]" } },
    true,
  ],
  [
    "nothing is pushed, whoever asks",
    { ...inputOf("propose"), identity: { id: 5, login: "app[bot]" } },
    false,
  ],
])("the files are listed where %s", (_, input, isNeeded) => {
  expect(filesToList(input)).toEqual(isNeeded ? { paths: true } : {});
});

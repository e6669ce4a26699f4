import { expect, test } from "vitest";
import { inLanes } from "../../../src/workers/verify/lanes.ts";

/** Notes when each of two lanes begins and ends; the left one ends only after the right one began, if both may run. */
async function play(isolation: "bubblewrap" | "none") {
  const seen: string[] = [];
  const lane = (name: string, turns: number) => async () => {
    seen.push(`${name} begins`);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    seen.push(`${name} ends`);
    return name;
  };
  return { results: await inLanes(isolation, lane("left", 9), lane("right", 1)), seen };
}

test("two lanes run at once where each has a network of its own", async () => {
  expect(await play("bubblewrap")).toEqual({
    results: ["left", "right"],
    seen: ["left begins", "right begins", "right ends", "left ends"],
  });
});

test("two lanes run one after the other without isolation", async () => {
  expect(await play("none")).toEqual({
    results: ["left", "right"],
    seen: ["left begins", "left ends", "right begins", "right ends"],
  });
});

test.each<[string, boolean, boolean, string]>([
  ["left", true, false, "left"],
  ["right", false, true, "right"],
  ["first of both", true, true, "left"],
])("a fault of the %s is thrown after both have ended", async (_what, left, right, expected) => {
  const ended: string[] = [];
  const lane = (name: string, throws: boolean, turns: number) => async () => {
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    ended.push(name);
    if (throws) throw new Error(name);
  };
  const both = inLanes("bubblewrap", lane("left", left, 1), lane("right", right, 9));
  await expect(both).rejects.toThrow(new Error(expected));
  expect(ended).toEqual(["left", "right"]);
});

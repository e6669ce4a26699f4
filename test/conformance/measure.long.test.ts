import { describe, test } from "vitest";
import { WEATHERS } from "../../src/twin/github/weather/weather.ts";
import { CLEAN, FAIR, leftOf, PERMISSIONS, playMeasure, UNDER } from "./measured.ts";

describe.concurrent("the API part of the conformance workflow", () => {
  const overGitHub = Object.entries(WEATHERS).filter(([name]) => name in UNDER);
  test.for(overGitHub)("reports %s, and that alone", async ([name, weather], { expect }) => {
    const played = await playMeasure({ weather });
    await using _ = played.world;
    expect(played.notes).toEqual([]);
    expect(played.findings).toEqual({ ...FAIR, ...UNDER[name] });
    expect(UNDER[name]).toHaveProperty([weather.fact]);
    expect(await leftOf(played)).toEqual(CLEAN);
  });

  test("says that pull requests may not be opened, and goes on", async ({ expect }) => {
    const played = await playMeasure({ mayOpen: false });
    await using _ = played.world;
    expect(played.findings).toMatchObject({ "1.6": "forbidden", "6.7": "there", "2.9": "3 of 3" });
    expect(played.findings["6.5"]).toBeUndefined();
    expect(await leftOf(played)).toEqual(CLEAN);
  });

  test("says that a name is taken for all attempts", async ({ expect }) => {
    const played = await playMeasure({ again: "failure" });
    await using _ = played.world;
    expect(played.findings).toMatchObject({ "7.7": "2", "3.11": "taken" });
  });

  test("says that nothing may be dispatched", async ({ expect }) => {
    const played = await playMeasure({ permissions: { ...PERMISSIONS, actions: "read" } });
    await using _ = played.world;
    expect(played.findings["1.3"]).toBe("403 Resource not accessible by integration");
    expect(await leftOf(played)).toEqual(CLEAN);
  });
});

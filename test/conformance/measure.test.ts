import { describe, expect, test } from "vitest";
import { CHECKS } from "../../src/domain/platform/checks.ts";
import { compare } from "../../src/domain/platform/conformance.ts";
import { WEATHERS } from "../../src/twin/github/weather/weather.ts";
import { CLEAN, FAIR, leftOf, PERMISSIONS, playMeasure, UNDER } from "./measured.ts";

const RUN = { repository: "OWNER/app", run: 7, attempt: 1, at: "2026-11-29T12:00:00Z" };

describe.concurrent("the API part of the conformance workflow", () => {
  test("finds in fair weather what is believed, and leaves nothing behind", async ({ expect }) => {
    const played = await playMeasure();
    await using _ = played.world;
    expect(played.notes).toEqual([]);
    expect(played.findings).toEqual(FAIR);
    const standings = Object.values(compare(played.findings, RUN).facts);
    expect(standings.filter(({ standing }) => standing === "differs")).toEqual([]);
    expect(await leftOf(played)).toEqual(CLEAN);
  });

  // The other weathers are played by measure.long.test.ts.
  test("reports answers that were lost, and that alone", async ({ expect }) => {
    const played = await playMeasure({ weather: WEATHERS["lost-answers"] });
    await using _ = played.world;
    expect(played.findings).toEqual({ ...FAIR, ...UNDER["lost-answers"] });
    expect(await leftOf(played)).toEqual(CLEAN);
  });

  test("cleans up after a part that failed", async ({ expect }) => {
    const played = await playMeasure({ permissions: { ...PERMISSIONS, checks: "read" } });
    await using _ = played.world;
    expect(played.notes).toEqual([
      "branches: POST /check-runs: 403 Resource not accessible by integration",
    ]);
    expect(played.findings["6.5"]).toBe("0");
    expect(await leftOf(played)).toEqual(CLEAN);
  });
});

describe("what is asked of the API", () => {
  test("are the checks of the API and of settings, and some that runs answer", () => {
    const asked = Object.entries(CHECKS).flatMap(([number, { part }]) =>
      part === "api" || part === "settings" ? [number] : [],
    );
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((number) => !(number in FAIR))).toEqual([]);
  });
});

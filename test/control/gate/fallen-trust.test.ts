import { describe, expect, test } from "vitest";
import { authorityOver } from "../../../src/control/gate/merge-authority.ts";
import type { Gate } from "../../../src/control/gate/rule.ts";
import { CONFIG, deliveries, green, newLine, toBuilding } from "../line.ts";
import { greenGate } from "./green-gate.ts";

const SCOPES = CONFIG.replace(
  "{ default: scoped-autonomy }",
  '{ default: scoped-autonomy, scopes: [{ paths: ["test/**"], level: full-factory }] }',
);
const lately = (...paths: string[]) => ({
  known: [{ pullRequest: 7, mergedAt: "2026-11-20T09:00:00Z", paths }],
});

async function weigh(takenBack: Gate["takenBack"], config = SCOPES) {
  const { by, level, fallen } = authorityOver({ ...(await greenGate(config)), takenBack });
  return { by, level, fallen };
}

describe("after a merge was taken back", () => {
  test("the factory merges as before where other scopes were touched, or nothing was", async () => {
    const merged = { by: "factory", level: "scoped-autonomy", fallen: undefined };
    expect(await weigh(undefined)).toEqual(merged);
    expect(await weigh({ known: [] })).toEqual(merged);
    expect(await weigh(lately("test/other.test.ts"))).toEqual(merged);
  });

  test("a person merges what the trust that is left does not cover, and is told which merge it was", async () => {
    expect(await weigh(lately("lib/other.ts"))).toEqual({
      by: "person",
      level: "auto-merge-low-risk",
      fallen: { known: [7] },
    });
  });

  test("a person merges where nobody knows", async () => {
    const unknown = { unknown: "more than 300 pull requests changed in 14 days" };
    expect(await weigh(unknown)).toEqual({ by: "person", level: "open-pr", fallen: unknown });
  });

  test("the issue says why, and how long", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.tookBack(lately("lib/other.ts"));
    const result = await line.run("settle", {
      ...building,
      proposals: deliveries(green(line.github, building.order)),
    });
    expect(result).toMatchObject({ stage: "gating", next: "none", ok: true });
    const ledger = line.github.comments(building.issue).find(({ body }) => body.includes("ledger"));
    expect(ledger?.body).toContain(
      "Trust in these paths is `auto-merge-low-risk`, lower than the config says for 14 days after a merge there was reverted (pull request 7).",
    );
  });

  test("GitHub is asked only where the config lets anything be merged", async () => {
    const asked = async (config: string) => {
      const line = newLine({ config });
      const building = await toBuilding(line);
      const proposals = deliveries(green(line.github, building.order));
      await line.run("settle", { ...building, proposals });
      return line.github.scopes.flatMap(({ takenBack }) => takenBack ?? []);
    };
    expect(await asked(CONFIG.replace("scoped-autonomy", "open-pr"))).toEqual([]);
    expect((await asked(CONFIG))[0]).toMatchObject({ days: 14 });
  });
});

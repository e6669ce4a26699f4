import { describe, expect, test } from "vitest";
import { withSharedConfig } from "../../../src/control/loop/with-shared-config.ts";
import { readConfigOf } from "../../../src/control/observed/config-text.ts";
import type { Part } from "../../../src/domain/github/snapshot.ts";
import { createFakeGitHub } from "../../fakes/github.ts";

const SCOPE = { prefix: "factory:", issues: [] };

/** What two looks of one run see, and what was asked of the organisation's repository. */
async function look(config: string | null, shared: Part<string>) {
  const asked: string[] = [];
  const github = withSharedConfig({
    ...createFakeGitHub({ people: {}, allows: [], config }),
    textOf: async (repository, path) => {
      asked.push(`${repository} ${path}`);
      return shared;
    },
  });
  const [first, second] = [await github.observe(SCOPE), await github.observe(SCOPE)];
  return { asked, first, second };
}

describe("the config of an organisation", () => {
  test("is asked for once, and narrows that of the repository", async () => {
    const own = "extends: acme/.github\nlimits: { usdPerDay: 90, wip: 9 }\n";
    const { asked, first, second } = await look(own, { known: "limits: { usdPerDay: 20 }\n" });
    expect(asked).toEqual(["acme/.github factory.yml"]);
    for (const seen of [first, second]) {
      expect(readConfigOf(seen)).toMatchObject({
        config: { extends: "acme/.github", limits: { usdPerDay: 20, wip: 9 } },
      });
    }
  });

  test.each([
    ["no config at all", null],
    ["a config that names none", "version: 1\n"],
    ["a config that cannot be read", "extends: acme/.github\nchecks: [\n"],
  ])("is not asked for with %s", async (_what, own) => {
    const { asked, first } = await look(own, { known: "" });
    expect(asked).toEqual([]);
    expect(first.sharedConfig).toBeUndefined();
  });

  test.each<readonly [string, Part<string>, string]>([
    ["is not there, or hidden", { unknown: "status 404" }, "status 404"],
    [
      "has a fault",
      { known: "limits: { wip: none }\n" },
      'line 1: limits.wip: expected a number, found "none"',
    ],
    [
      "is no YAML",
      { known: "checks: [\n" },
      "line 2: its indentation does not fit the lines around it, or a bracket before it is not closed",
    ],
    ["goes on to another", { known: "extends: other/.github\n" }, "extends: it is the last one"],
  ])("that %s is a refusal, which names it", async (_what, shared, found) => {
    const { first } = await look("extends: acme/.github\n", shared);
    expect(readConfigOf(first)).toMatchObject({
      refusal: { code: "config-invalid", subject: "acme/.github: factory.yml", found },
    });
  });

  test("that nobody read is a refusal, too: it might have been stricter", () => {
    expect(readConfigOf({ configText: "extends: acme/.github\n" })).toMatchObject({
      refusal: { code: "config-invalid", found: "it was not read" },
    });
  });
});

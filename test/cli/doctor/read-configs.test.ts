import { expect, test } from "vitest";
import { readConfigs } from "../../../src/cli/doctor/read-configs.ts";
import { sharedFindings } from "../../../src/cli/doctor/rules/shared-rules.ts";

const MINE = "extends: acme/.github\nlimits: { usdPerDay: 10 }\nchecks: { test: npm test }\n";

function asking(file: string | undefined) {
  return {
    ...{ apiUrl: "https://api.github.com", token: undefined },
    send: async (request: Request) => {
      if (!request.url.includes("/contents/")) return new Response("{}");
      return file === undefined ? new Response("", { status: 500 }) : new Response(file);
    },
  };
}

async function findingsOf(text: string, file: string | undefined) {
  const configs = await readConfigs(text, asking(file));
  const findings = sharedFindings({ ...configs } as Parameters<typeof sharedFindings>[0]);
  return {
    configs,
    said: findings.map(({ about, state, found }) => `${state} ${about}: ${found}`),
  };
}

test("what counts is narrowed, and each value says whose it is", async () => {
  const { configs, said } = await findingsOf(MINE, "limits: { usdPerDay: 4, wip: 1 }\n");
  expect(configs.config).toMatchObject({ config: { limits: { usdPerDay: 4, wip: 1 } } });
  expect(said).toEqual([
    "good config of acme/.github: it is public and can be read; it narrows this one",
    "good limits.wip: 1, from acme/.github",
    "good limits.usdPerDay: 4, narrowed by acme/.github; this repository says 10",
    "good set here: checks.test; the rest are defaults",
  ]);
});

test("what cannot be seen is unknown, and the repository's own word is judged", async () => {
  const { configs, said } = await findingsOf(MINE, undefined);
  expect(configs.config).toMatchObject({ config: { limits: { usdPerDay: 10 } } });
  expect(said[0]).toMatch(/^unknown config of acme\/\.github: GitHub said: 500/);
});

test.each(["chekcs: {}\n", "extends: acme/other\n"])(
  "a file that control refuses: %s",
  async (file) => {
    const { said } = await findingsOf(MINE, file);
    expect(said[0]).toMatch(/^bad config of acme\/\.github: acme\/\.github: factory\.yml: /);
  },
);

test("without an organisation nobody is asked", async () => {
  const refusing = { ...asking(""), send: () => Promise.reject(new Error("asked")) };
  const found = await readConfigs("checks: { test: npm test }\n", refusing);
  expect(found).toMatchObject({ shared: undefined, origins: [{ key: "checks.test" }] });
});

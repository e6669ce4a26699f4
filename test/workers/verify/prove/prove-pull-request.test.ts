import { expect, test } from "vitest";
import { Config } from "../../../../src/domain/config/schema.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import { proofLines } from "../../../../src/wording/proof/lines.ts";
import { ownOrder } from "../../../../src/workers/verify/prove/own-order.ts";
import {
  type ProofParts,
  provePullRequest,
} from "../../../../src/workers/verify/prove/prove-pull-request.ts";
import { BASE, CHANGE, CHECKS, play } from "../world.ts";

const CONFIG = Config.parse({ checks: CHECKS });
const REFUSAL: Refusal = { code: "config-invalid", subject: ".github/factory.yml" };

/** The usual change as a pull request; the files of its branch point beside the source. */
async function prove(more: Readonly<Record<string, string>>, parts: Partial<ProofParts> = {}) {
  const { repository, ports } = play();
  const { sandbox, ...others } = ports;
  const base = repository.commit({ ...BASE, ...more });
  const changed = CHANGE.flatMap((file) =>
    "deleted" in file ? [] : [[file.path, file.content] as const],
  );
  const head = repository.commit({ ...BASE, ...more, ...Object.fromEntries(changed) });
  const texts: (string | null)[] = [];
  const opened: Config[] = [];
  const proof = await provePullRequest(
    { repository: "OWNER/app", pullRequest: 7, base, head },
    {
      ...others,
      readConfig: (text) => {
        texts.push(text);
        return { config: CONFIG };
      },
      openSandbox: async (config) => {
        opened.push(config);
        return sandbox;
      },
      ...parts,
    },
  );
  return { proof, texts, opened, base, head };
}

test("a pull request is proven by the config of the branch that it goes into", async () => {
  const { proof, texts, opened, base, head } = await prove({
    ".github/factory.yml": "checks: é\n",
  });
  expect(proof).toMatchObject({
    ...{ version: 1, repository: "OWNER/app", pullRequest: 7 },
    proof: { base, head, changed: { files: 2, lines: 5 } },
  });
  expect(proof.proof.refusal).toBeUndefined();
  expect([texts, opened]).toEqual([["checks: é\n"], [CONFIG]]);
});

test("where there is no config it is asked what that means", async () => {
  expect((await prove({})).texts).toEqual([null]);
});

test.each<readonly [string, Partial<ProofParts>]>([
  ["a config that cannot be read", { readConfig: () => ({ refusal: REFUSAL }) }],
  ["a sandbox that cannot be had", { openSandbox: async () => ({ refusal: REFUSAL }) }],
])("with %s nothing is measured, and it says why", async (_what, parts) => {
  const { proof, base, head } = await prove({}, parts);
  expect(proof).toMatchObject({
    ...{ version: 1, repository: "OWNER/app", pullRequest: 7 },
    proof: { base, head, outcome: "not-measured", refusal: REFUSAL },
  });
});

test("an order that nobody gave has no contract, no issue and no right, and the limits of the config", () => {
  const config = Config.parse({
    limits: { usdPerIssue: 5, minutesPerRun: 3, turnsPerRun: 7, tokensPerRun: 50_000 },
  });
  const [base, at] = ["a".repeat(40), "2026-01-02T03:04:05Z"];
  expect(ownOrder({ base, config, at })).toMatchObject({
    ...{
      id: "prove",
      kind: "line",
      base,
      at,
      config,
      harness: [],
      prior: [],
      approvedDependencies: [],
    },
    budget: { tokens: 50_000, usd: 5, turns: 7, wallClockMs: 180_000 },
    repository: { id: 1, name: "OWNER/prove", defaultBranch: "main" },
    actor: { login: "prove", type: "Bot", permission: "none" },
    issue: { title: "", body: "", remarks: [] },
    contract: { acceptance: [] },
  });
});

test.each([
  [undefined, undefined],
  ["acme/.github", "acme/.github"],
])("a config that extends %s says what was not read: %s", async (above, unread) => {
  const config = Config.parse({ checks: CHECKS, extends: above });
  const { proof } = await prove({}, { readConfig: () => ({ config }) });
  expect(proof.proof.unread).toBe(unread);
  const told = proofLines(proof.proof).filter(({ text }) => text.includes("was not read"));
  expect(told.map(({ text }) => text.includes("extends acme/.github"))).toEqual(
    unread === undefined ? [] : [true],
  );
});

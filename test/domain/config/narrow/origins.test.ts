import fc from "fast-check";
import { expect, test } from "vitest";
import { narrow, statedIn } from "../../../../src/domain/config/narrow/narrow.ts";
import { originsOf } from "../../../../src/domain/config/narrow/origins.ts";
import { Config } from "../../../../src/domain/config/schema.ts";

const sharedOf = (value: unknown) => ({ config: Config.parse(value), stated: statedIn(value) });

const MINE = sharedOf({
  version: 1,
  checks: { test: "npm test" },
  limits: { usdPerDay: 10, wip: 2 },
  approve: "never",
});

test("alone, each key that the repository states is its own; a default has no origin", () => {
  expect(originsOf(MINE).map(({ key, from }) => [key, from])).toEqual([
    ["checks.test", "repository"],
    ["approve", "repository"],
    ["limits.wip", "repository"],
    ["limits.usdPerDay", "repository"],
  ]);
});

test("the version and the organisation that a config extends are not among them", () => {
  const mine = sharedOf({ version: 1, extends: "OWNER/.github", mode: "live" });
  expect(originsOf(mine)).toStrictEqual([{ key: "mode", from: "repository", value: "live" }]);
});

test("below an organisation: narrowed with what was said, from it alone, or untouched", () => {
  const shared = sharedOf({
    checks: { lint: "make lint", test: "make test" },
    limits: { usdPerDay: 4, wip: 3, attempts: 1 },
    approve: "when-risky",
    trust: { default: "open-pr" },
    prefix: "other:",
  });
  const found = originsOf(MINE, shared);
  expect(found).toContainEqual({ key: "limits.usdPerDay", from: "narrowed", value: 4, said: 10 });
  expect(found).toContainEqual({
    ...{ key: "approve", from: "narrowed", value: "when-risky", said: "never" },
  });
  expect(found).toContainEqual({ key: "limits.wip", from: "repository", value: 2 });
  expect(found).toContainEqual({ key: "limits.attempts", from: "organisation", value: 1 });
  const from = (key: string) => found.find((one) => one.key === key)?.from;
  expect(from("checks.lint")).toBe("organisation");
  expect(from("checks.test")).toBe("repository");
  expect(from("trust")).toBe("organisation");
  // What the organisation says of a key that is the repository's own does not count.
  expect(from("prefix")).toBeUndefined();
});

test("what counts is said as `narrow` makes it, and nothing that counts otherwise than by default is left out", () => {
  const limits = fc.record(
    { wip: fc.integer({ min: 1, max: 9 }), usdPerDay: fc.integer({ min: 1, max: 9 }) },
    { requiredKeys: [] },
  );
  const written = fc.record(
    {
      limits,
      approve: fc.constantFrom("never", "when-risky", "always"),
      mode: fc.constantFrom("live", "staged"),
      protect: fc.subarray(["a", "b"]),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(written, written, (mine, above) => {
      const [own, shared] = [sharedOf(mine), sharedOf(above)];
      const counts = narrow(own.config, shared);
      const origins = originsOf(own, shared);
      const usual = Config.parse({});
      for (const key of ["approve", "mode", "protect"] as const) {
        const found = origins.find((one) => one.key === key);
        if (found !== undefined) expect(found.value).toEqual(counts[key]);
        else expect(counts[key]).toEqual(usual[key]);
      }
      for (const key of ["wip", "usdPerDay"] as const) {
        const found = origins.find((one) => one.key === `limits.${key}`);
        if (found !== undefined) expect(found.value).toBe(counts.limits[key]);
        else expect(counts.limits[key]).toBe(usual.limits[key]);
      }
    }),
  );
});

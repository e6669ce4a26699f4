import { describe, expect, test } from "vitest";
import { CHECKS } from "../../../src/domain/platform/checks.ts";
import { CONFIRMATIONS, type FactNumber } from "../../../src/domain/platform/fact.ts";
import { WEATHERS } from "../../../src/twin/github/weather/weather.ts";
import { FACTS, SECTIONS } from "../../../src/wording/platform/facts.ts";

describe("the facts about GitHub", () => {
  test.each(Object.entries(SECTIONS))("%s numbers its facts without a gap", (title, facts) => {
    const section = title.split(" ")[0];
    const expected = Object.keys(facts).map((_, index) => `${section}.${index + 1}`);
    expect(Object.keys(facts)).toEqual(expected);
  });

  test.each(Object.entries(FACTS))("%s says something and where it was read", (_, fact) => {
    expect(fact.says).toMatch(/^[A-Z`].*\.$/);
    expect(CONFIRMATIONS).toContain(fact.by);
    for (const link of fact.from)
      expect(link).toMatch(/^https:\/\/(?:docs\.|orgs\.)?github\.(?:com|blog)\//);
    // Who names a source of GitHub's own has to show it, and who shows one does not say that nobody knows.
    if (["source", "documentation"].includes(fact.by)) expect(fact.from).not.toEqual([]);
    if (fact.by === "unknown") expect(fact.from).toEqual([]);
  });

  test("are those that are looked at and those that weathers play", () => {
    const played = [...Object.keys(CHECKS), ...Object.values(WEATHERS).map(({ fact }) => fact)];
    expect(played.length).toBeGreaterThan(30);
    expect(played.filter((number) => FACTS[number as FactNumber] === undefined)).toEqual([]);
  });

  test("no two say the same", () => {
    const said = Object.values(FACTS).map(({ says }) => says);
    expect(new Set(said).size).toBe(said.length);
  });
});

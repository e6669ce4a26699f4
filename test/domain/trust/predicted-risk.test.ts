import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { predictRisk } from "../../../src/domain/trust/predicted-risk.ts";
import { CONTRACT } from "../contracts.ts";

const place = { base: "a".repeat(40), config: Config.parse({ version: 1 }) };

function predicted(paths: readonly string[], files: readonly string[] = []): string {
  const contract = {
    ...CONTRACT,
    boundaries: { ...CONTRACT.boundaries, paths: [...paths] },
    context: { ...CONTRACT.context, files: [...files] },
  };
  return predictRisk(contract, place).risk;
}

describe("what is shown before work begins", () => {
  test.each([
    [["docs/**"], "low"],
    [["docs/**", "test/**/*.ts"], "low"],
    [["**/*.md"], "low"],
    [["README.md", "src/a.test.ts"], "low"],
    [["**/*.{md,png}"], "low"],
    [["packages/x/docs/*.md"], "low"],
    [["src/**"], "medium"],
    [["docs/**", "src/a.ts"], "medium"],
    [["**/*.{md,ts}"], "medium"],
    [["src/*.ts"], "medium"],
  ])("%j: %s", (paths, risk) => {
    expect(predicted(paths)).toBe(risk);
  });

  test.each([
    "{**,x/test/y}",
    "{docs/**,src/**}",
    "{docs,src}/**",
    "docs/../src/**",
    "@(docs|src)/**",
    "+(a|docs)/x.md",
    "!(src)/**",
    "[d]ocs/**",
    "docs/{a,{b,../src}}/**",
    "**/docs/**",
    "d*cs/**",
    "**",
    "*",
  ])("%s is never low", (path) => {
    expect(predicted([path])).not.toBe("low");
  });

  test("a file of its context counts as well", () => {
    expect(predicted(["docs/**"], ["src/a.ts"])).toBe("medium");
    expect(predicted(["docs/**"], ["package.json"])).toBe("high");
  });

  test("no path at all may be anything", () => {
    expect(predicted([])).toBe("medium");
  });
});

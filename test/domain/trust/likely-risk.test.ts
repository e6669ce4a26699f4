import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { likelyRisk, pathsNamed } from "../../../src/domain/trust/likely-risk.ts";

const TREE = ["src/notes.ts", "README.md", "src/auth/login.ts", "a b.md"];
const PLACE = { base: "a".repeat(40), config: Config.parse({}) };

describe("the files that a text names", () => {
  test.each<[string, readonly string[]]>([
    ["In src/notes.ts, zero is wrong.", ["src/notes.ts"]],
    ["See `README.md`. And (src/auth/login.ts)!", ["README.md", "src/auth/login.ts"]],
    ["notes.ts, src, src/notes.tsx and xsrc/notes.ts are none", []],
    ["", []],
  ])("%j: %j", (text, paths) => {
    expect(pathsNamed(text, TREE)).toEqual(paths);
  });
});

describe("the risk by the files that are named", () => {
  test("is theirs, and unknown where none is", () => {
    expect(likelyRisk([], PLACE)).toBeUndefined();
    expect(likelyRisk(["README.md"], PLACE)?.risk).toBe("low");
    expect(likelyRisk(["README.md", "src/notes.ts"], PLACE)?.risk).toBe("medium");
    expect(likelyRisk(["src/auth/login.ts"], PLACE)?.risk).toBe("high");
  });
});

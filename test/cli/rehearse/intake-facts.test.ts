import { expect, test } from "vitest";
import { intakeOf } from "../../../src/cli/rehearse/intake-facts.ts";
import { Config } from "../../../src/domain/config/schema.ts";

const PLACE = { tree: ["src/notes.ts"], base: "a".repeat(40), config: Config.parse({}) };

test("an issue that names a file has a risk, and what it may take is the config's", () => {
  expect(intakeOf({ title: "Wrong", body: "In src/notes.ts." }, PLACE)).toMatchObject({
    files: ["src/notes.ts"],
    risk: { risk: "medium" },
    missing: [],
    limits: { attempts: 3, minutesPerRun: 30, usdPerIssue: 5 },
  });
});

test("what is missing is said, and nothing is guessed in its place", () => {
  expect(intakeOf({ title: "It is slow", body: "" }, PLACE)).toMatchObject({
    files: [],
    risk: null,
    missing: ["text", "files"],
  });
});

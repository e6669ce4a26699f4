import { expect, test } from "vitest";
import { linesOfMerge } from "../../../src/wording/issue/ask-comment.ts";
import { askForMerge } from "../../../src/wording/issue/asks.ts";

const HELD = /Your own workflows for pull requests wait there until you approve their runs\./;
const pull = { pullRequest: 7, repository: "https://github.com/OWNER/app" };

test.each([true, false])(
  "runs that GitHub holds are told of where it holds them: %s",
  (areRunsHeld) => {
    const risk = { risk: "low", reasons: ["documentation"] } as const;
    const asked = askForMerge({ ...pull, areRunsHeld, risk, reason: "Trust is `open-pr`." });
    const later = linesOfMerge({ ...pull, areRunsHeld }).join("\n");
    for (const text of [asked, later]) {
      expect(HELD.test(text)).toBe(areRunsHeld);
      expect(text.split("\n")).toHaveLength(3);
    }
  },
);

import { expect, test } from "vitest";
import { keyOf } from "../../../src/domain/loop/plan.ts";
import { readFindingMarker, renderFinding } from "../../../src/wording/loops/finding.ts";

const ITEM = {
  key: "docs/a.md#b",
  title: "Closes #1 @someone",
  body: "Fixes #2\n@team look\n<img src=x>",
  evidence: [{ what: "a link", at: "docs/a.md:3", output: "```\n@all" }],
};

test("the marker is the last line and says whose finding it is", () => {
  const key = keyOf(ITEM);
  const found = renderFinding({
    loop: "docs",
    path: "l/docs.md",
    key,
    item: ITEM,
    expireAfterDays: 9,
    queued: "factory:queued",
    start: 0,
  });
  expect(found.body.split("\n").at(-1)).toBe(found.marker);
  expect(readFindingMarker(found.marker)).toEqual({ loop: "docs", key });
});

test("what a gatherer printed mentions nobody and closes nothing", () => {
  const key = keyOf(ITEM);
  const { body } = renderFinding({
    loop: "docs",
    path: "l/docs.md",
    key,
    item: ITEM,
    expireAfterDays: 9,
    queued: "factory:queued",
    start: 0,
  });
  const bare = body.replaceAll(/`+[^`]*`+/g, "");
  expect(bare).not.toMatch(/#\d|<img/);
  expect(body).toContain("docs/a.md:3");
});

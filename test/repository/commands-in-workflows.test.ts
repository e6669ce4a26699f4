import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMAND_NAMES, COMMAND_PREFIX, COMMANDS, commandLine } from "../../src/domain/command.ts";
import { root } from "./bundles.ts";

/** The conditions on a comment's text in a workflow file, each with whether it is negated. */
function conditionsIn(path: string): readonly (readonly [negated: boolean, text: string])[] {
  const text = readFileSync(join(root, path), "utf8");
  const pattern = /(!\(?|)startsWith\(github\.event\.comment\.body, '([^']*)'\)/g;
  return [...text.matchAll(pattern)].map(([, not, beginning]) => [not !== "", beginning ?? ""]);
}

/** A command is answered at once by `route`, or waits in the queue for `claim`: the beginning of its line tells. */
const CLAIMED = commandLine("approve");

describe("workflows send every command of the table to the task that obeys it", () => {
  test("the beginning that tells is that of all commands of claim, and of no other", () => {
    for (const name of COMMAND_NAMES) {
      expect([name, commandLine(name).startsWith(CLAIMED)]).toEqual([
        name,
        COMMANDS[name].obeyedBy === "claim",
      ]);
    }
  });

  test("the reusable workflow asks for it, once each way", () => {
    expect(conditionsIn(".github/workflows/factory.yml")).toEqual([
      [false, COMMAND_PREFIX],
      [true, CLAIMED],
      // In a thread of a pull request, where route answers an approval.
      [false, COMMAND_PREFIX],
      [false, CLAIMED],
    ]);
  });

  test("an approval by who does not visibly belong to the repository is judged by route, outside the issue's queue", () => {
    const text = readFileSync(join(root, ".github/workflows/factory.yml"), "utf8");
    const approval = `startsWith(github.event.comment.body, '${CLAIMED}') && contains(fromJSON('["OWNER", "MEMBER", "COLLABORATOR"]'), github.event.comment.author_association)`;
    expect(text.replace(/\s+/g, " ").split(approval)).toHaveLength(3);
  });

  test("the template lets every command through and no other comment", () => {
    expect(conditionsIn("workflow-templates/factory.yml")).toEqual([[false, COMMAND_PREFIX]]);
  });
});

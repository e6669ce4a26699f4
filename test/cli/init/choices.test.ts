import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { Interrupted } from "../../../src/cli/command/exit-code.ts";
import { silentChoices, terminalChoices } from "../../../src/cli/init/choices.ts";

const ENTER = "\r";
const DOWN = "\u001b[B";
const CONTROL_C = "\u0003";

const NOTHING = { firstDay: undefined, place: undefined };

/** A person at a terminal, who presses these keys at each question as soon as it stands there. */
function person(...keys: readonly (readonly string[])[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const said: string[] = [];
  const left = [...keys];
  let question = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    said.push(text);
    const now = /\?/.exec(text) === null ? undefined : text;
    if (now === undefined || question !== "") return;
    question = now;
    const next = left.shift() ?? [];
    setImmediate(() => {
      for (const key of next) input.write(key);
    });
  });
  const streams = { input: input as never, output: output as never };
  const answered = async <Value>(asked: Promise<Value>): Promise<Value> => {
    const value = await asked.finally(() => {
      question = "";
    });
    return value;
  };
  return { streams, answered, said: () => said.join("") };
}

describe("a person at a terminal", () => {
  test("is asked four questions, and never more than five", async () => {
    const { streams, answered, said } = person([ENTER], [ENTER], [ENTER], [ENTER]);
    const choices = terminalChoices(NOTHING, streams);
    expect(await answered(choices.place())).toBe("files");
    expect(await answered(choices.firstDay())).toBe("staged");
    expect(await answered(choices.write(6, undefined))).toBe(true);
    expect(await answered(choices.github())).toBe(true);
    expect(choices.asked()).toBe(4);
    expect(said()).toContain("Write 6 files?");
  });

  test("chooses otherwise by the arrows", async () => {
    const { streams, answered, said } = person([DOWN, ENTER], [DOWN, DOWN, ENTER], [ENTER]);
    const choices = terminalChoices(NOTHING, streams);
    expect(await answered(choices.firstDay())).toBe("live");
    expect(await answered(choices.place())).toBe("pull-request");
    expect(await answered(choices.write(1, "millwright"))).toBe(true);
    expect(said()).toContain("Commit 1 file on the branch millwright?");
  });

  test("is not asked what was said already", async () => {
    const choices = terminalChoices({ firstDay: "live", place: "branch" }, person().streams);
    expect(await choices.firstDay()).toBe("live");
    expect(await choices.place()).toBe("branch");
    expect(choices.asked()).toBe(0);
  });

  test("who leaves is taken at their word, and nothing counts as answered", async () => {
    const { streams, answered } = person([CONTROL_C]);
    const choices = terminalChoices(NOTHING, streams);
    await expect(answered(choices.write(1, undefined))).rejects.toThrow(Interrupted);
    expect(choices.asked()).toBe(0);
  });
});

test("nobody is asked anything with --yes", async () => {
  const choices = silentChoices(NOTHING);
  const answers = [
    await choices.place(),
    await choices.firstDay(),
    await choices.write(6, undefined),
    await choices.github(),
  ];
  expect(answers).toEqual(["files", "staged", true, false]);
  expect(choices.asked()).toBe(0);
});

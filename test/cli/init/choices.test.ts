import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { Interrupted } from "../../../src/cli/command/exit-code.ts";
import { silentChoices, terminalChoices } from "../../../src/cli/init/choices.ts";

const ENTER = "\r";
const DOWN = "\u001b[B";
const CONTROL_C = "\u0003";

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
  test("is asked three questions, and never more than five", async () => {
    const { streams, answered, said } = person([ENTER], [ENTER], [ENTER]);
    const choices = terminalChoices(undefined, streams);
    expect(await answered(choices.firstDay())).toBe("staged");
    expect(await answered(choices.write(6))).toBe(true);
    expect(await answered(choices.github())).toBe(true);
    expect(choices.asked()).toBe(3);
    expect(said()).toContain("Write 6 files?");
  });

  test("chooses otherwise by the arrows", async () => {
    const { streams, answered } = person([DOWN, ENTER]);
    expect(await answered(terminalChoices(undefined, streams).firstDay())).toBe("live");
  });

  test("is not asked what was said already", async () => {
    const choices = terminalChoices("live", person().streams);
    expect(await choices.firstDay()).toBe("live");
    expect(choices.asked()).toBe(0);
  });

  test("who leaves is taken at their word, and nothing counts as answered", async () => {
    const { streams, answered } = person([CONTROL_C]);
    const choices = terminalChoices(undefined, streams);
    await expect(answered(choices.write(1))).rejects.toThrow(Interrupted);
    expect(choices.asked()).toBe(0);
  });
});

test("nobody is asked anything with --yes", async () => {
  const choices = silentChoices(undefined);
  const answers = [await choices.firstDay(), await choices.write(6), await choices.github()];
  expect(answers).toEqual(["staged", true, false]);
  expect(choices.asked()).toBe(0);
});

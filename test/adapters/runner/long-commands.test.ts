import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tellLongCommands } from "../../../src/adapters/runner/long-commands.ts";

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ["setTimeout", "setInterval", "clearTimeout", "clearInterval", "performance"],
    }),
);
afterEach(() => void vi.useRealTimers());

function watching(lastLine: () => string) {
  const said: string[] = [];
  const runner = {
    info: (line: string) => void said.push(line),
    quote: (text: string) => void said.push(`| ${text}`),
  };
  return { said, end: tellLongCommands(runner)({ command: "npm test", lastLine }) };
}

test("a command of five seconds is worth no word", () => {
  const { said, end } = watching(() => "ok");
  vi.advanceTimersByTime(4_999);
  end();
  vi.advanceTimersByTime(100_000);
  expect(said).toEqual([]);
});

test("a longer one is told with its last line, as text of others, now and then", () => {
  const { said, end } = watching(() => "::error::ok 3");
  vi.advanceTimersByTime(36_000);
  end();
  vi.advanceTimersByTime(100_000);
  const told = ["| $ npm test", "| ::error::ok 3"];
  expect(said).toEqual(["running for 5 s:", ...told, "running for 35 s:", ...told]);
});

test("one that said nothing is told without a line", () => {
  const { said, end } = watching(() => " ");
  vi.advanceTimersByTime(6_000);
  end();
  expect(said).toEqual(["running for 5 s:", "| $ npm test"]);
});

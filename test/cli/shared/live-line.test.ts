import { expect, test } from "vitest";
import { createLiveLine } from "../../../src/cli/shared/live-line.ts";
import { toldTerminal } from "../../fakes/terminal.ts";

/** A terminal that keeps what it was told, and a clock that goes on when it is told to. */
function stage() {
  const said: string[] = [];
  const terminal = toldTerminal((text, kind) => {
    if (kind !== "verbatim") said.push(`${kind} ${kind === "line" ? text : text.trim()}`);
  });
  let time = 0;
  let tick: (() => void) | undefined;
  const live = createLiveLine(terminal, {
    now: () => time,
    everySecond: (called) => {
      tick = called;
      return () => {
        tick = undefined;
      };
    },
  });
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      time += 1_000;
      tick?.();
    }
  };
  const take = (kind: string) => said.splice(0).filter((line) => line.startsWith(kind));
  return { live, pass, take, ticks: () => tick !== undefined };
}

test("what takes less than five seconds is named and no more", () => {
  const { live, pass, take } = stage();
  const end = live.begin("test", () => "ok 1");
  pass(4);
  end();
  expect(take("")).toEqual(["transient … test"]);
});

test("from five seconds on it is shown since when it runs and what it said last, every second on a terminal", () => {
  const { live, pass, take } = stage();
  live.begin("test", () => "\u001b[32mok\u001b[0m 1\u0007");
  pass(7);
  expect(take("transient")).toEqual([
    "transient … test",
    "transient … test, for 5.0 s: ok 1",
    "transient … test, for 6.0 s: ok 1",
    "transient … test, for 7.0 s: ok 1",
  ]);
});

test("elsewhere a line comes after five seconds and then every thirty", () => {
  const { live, pass, take } = stage();
  live.begin("setup", () => "");
  pass(70);
  expect(take("steady")).toEqual([
    "steady … setup, for 5.0 s",
    "steady … setup, for 35.0 s",
    "steady … setup, for 1 min 5 s",
  ]);
});

test("of several the oldest is on the terminal, and nothing ticks when nothing runs", () => {
  const { live, pass, take, ticks } = stage();
  const first = live.begin("first", () => "");
  const second = live.begin("second", () => "");
  pass(6);
  expect(take("transient").at(-1)).toBe("transient … first, for 6.0 s");
  first();
  pass(1);
  expect(take("transient")).toEqual(["transient … second, for 7.0 s"]);
  second();
  expect(ticks()).toBe(false);
});

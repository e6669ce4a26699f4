import { withoutEscapes } from "../../domain/text/without-escapes.ts";
import { sayDuration } from "../../wording/figures.ts";
import type { Terminal } from "./terminal.ts";

/** What takes so long is worth a word (ms). */
const LONG_MS = 5_000;
/** Where a line cannot be replaced, how often another one is written (ms). */
const EVERY_MS = 30_000;
const TICK_MS = 1_000;

/** Shows what is running, since when, and the last that it said: in place on a terminal, elsewhere by a line now and then. */
export interface LiveLine {
  /** Something begins; the returned function says that it ended. `lastLine` is what it said last, anybody's text. */
  begin(what: string, lastLine: () => string): () => void;
}

interface Running {
  readonly what: string;
  readonly lastLine: () => string;
  readonly since: number;
  due: number;
}

/** @param parts replaced by tests: a clock in ms, and what calls a function every second until told to stop */
export function createLiveLine(
  terminal: Terminal,
  parts: {
    readonly now?: () => number;
    readonly everySecond?: (tick: () => void) => () => void;
  } = {},
): LiveLine {
  const { now = () => performance.now(), everySecond = tickEverySecond } = parts;
  const running = new Set<Running>();
  let stop: (() => void) | undefined;
  const say = (one: Running) => {
    const took = now() - one.since;
    const said = plain(one.lastLine());
    return `    … ${one.what}, for ${sayDuration(took - (took % TICK_MS))}${said === "" ? "" : `: ${said}`}`;
  };
  const tick = () => {
    const long = [...running].filter(({ since }) => now() - since >= LONG_MS);
    const [oldest] = long;
    if (oldest !== undefined) terminal.transient(say(oldest));
    for (const one of long.filter(({ due }) => due <= now())) {
      terminal.steady(say(one));
      while (one.due <= now()) one.due += EVERY_MS;
    }
  };
  return {
    begin(what, lastLine) {
      const one = { what, lastLine, since: now(), due: now() + LONG_MS };
      running.add(one);
      terminal.transient(`    … ${what}`);
      stop ??= everySecond(tick);
      return () => {
        running.delete(one);
        if (running.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}

function tickEverySecond(tick: () => void): () => void {
  const timer = setInterval(tick, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** A line of foreign output as text: no color, no control, nothing that moves the cursor. */
function plain(line: string): string {
  return withoutEscapes(line)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 200);
}

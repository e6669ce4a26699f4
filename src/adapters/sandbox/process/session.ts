import type { SandboxSession } from "../../../ports/sandbox.ts";
import type { Supervised } from "./supervise.ts";

/** The most bytes of one answer. */
const MAXIMUM_LINE_BYTES = 8_000_000;
/** A timer with more than this many ms fires at once. */
const MAXIMUM_TIMER = 2_147_483_647;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/**
 * Newline-delimited JSON with a process that may be hostile: one object per line, each request with an `id` that its
 * answer repeats. A request with its own `id` keeps it. An unrequested answer ends the session.
 */
export function createSession(supervised: Supervised, lifeMs: number): SandboxSession {
  const waiting = new Map<string, Waiting>();
  const late = new Set<string>();
  let next = 0;
  let over: Error | undefined;
  const end = (error: Error) => {
    over ??= error;
    supervised.stop(error.message);
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  };
  const life = setTimeout(
    () => end(new Error(`the session lasted ${lifeMs} ms`)),
    Math.min(lifeMs, MAXIMUM_TIMER),
  );
  const answer = (line: string) => {
    const message = parseLine(line);
    const id = idOf(message);
    const request = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || (request === undefined && !late.delete(id))) {
      end(new Error("the sandboxed program answered what nobody asked"));
      return;
    }
    waiting.delete(id);
    request?.resolve(message);
  };
  eachLine(supervised, answer, () => end(new Error("the sandboxed program answered too much")));
  const ended = untilEnded(supervised, end).finally(() => clearTimeout(life));
  return {
    request: (message, timeoutMs) =>
      new Promise((resolve, reject) => {
        if (over !== undefined) return reject(over);
        next += 1;
        const asked = withId(message, `${next}`);
        if (asked === undefined) return reject(new TypeError("a request is a JSON object"));
        if (waiting.has(asked.id)) return reject(new Error(`request ${asked.id} is still open`));
        const lapse = () => {
          waiting.delete(asked.id);
          late.add(asked.id);
        };
        waiting.set(asked.id, within(timeoutMs, { resolve, reject, lapse }));
        supervised.input?.write(`${asked.line}\n`);
      }),
    close: async () => {
      end(new Error("the session is closed"));
      await ended;
    },
  };
}

/** An answer with a time limit; `lapse` hears that it did not come. */
function within(timeoutMs: number, request: Waiting & { lapse(): void }): Waiting {
  const timer = setTimeout(() => {
    request.lapse();
    request.reject(new Error(`the sandboxed program did not answer within ${timeoutMs} ms`));
  }, timeoutMs);
  const settle =
    <Value>(done: (value: Value) => void) =>
    (value: Value) => {
      clearTimeout(timer);
      done(value);
    };
  return { resolve: settle(request.resolve), reject: settle(request.reject) };
}

/** Reports how the program ended, with its own last words. */
async function untilEnded(supervised: Supervised, end: (error: Error) => void): Promise<void> {
  try {
    const { exitCode, diagnostics } = await supervised.ended;
    const words = diagnostics.trim();
    const code = exitCode === null ? "was ended" : `ended with ${exitCode}`;
    end(new Error(`the sandboxed program ${code}${words === "" ? "" : `: ${words}`}`));
  } catch (error) {
    end(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Lines of the process's output; ends if one grows too long. */
function eachLine(supervised: Supervised, take: (line: string) => void, flood: () => void): void {
  let parts: Buffer[] = [];
  let bytes = 0;
  supervised.output.on("data", (chunk: Buffer) => {
    let rest = chunk;
    for (let cut = rest.indexOf(10); cut >= 0; cut = rest.indexOf(10)) {
      take(Buffer.concat([...parts, rest.subarray(0, cut)]).toString("utf8"));
      parts = [];
      bytes = 0;
      rest = rest.subarray(cut + 1);
    }
    parts.push(rest);
    bytes += rest.length;
    if (bytes <= MAXIMUM_LINE_BYTES) return;
    parts = [];
    flood();
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function idOf(message: unknown): string | undefined {
  if (typeof message !== "object" || message === null || !("id" in message)) return undefined;
  const { id } = message;
  return typeof id === "string" || typeof id === "number" ? `${id}` : undefined;
}

function withId(
  message: unknown,
  fallback: string,
): { readonly id: string; readonly line: string } | undefined {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return undefined;
  const id = idOf(message);
  if (id !== undefined) return { id, line: JSON.stringify(message) };
  return { id: fallback, line: JSON.stringify({ ...message, id: fallback }) };
}

import { createInterface } from "node:readline";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { toolsIn } from "../../../src/adapters/toolbox/agent-toolset.ts";
import { serve } from "../../../src/adapters/toolbox/serve.ts";
import type { SandboxSession } from "../../../src/ports/sandbox.ts";

export interface Opened {
  /** Where requests are written, a line each. */
  readonly input: Writable;
  /** Where answers are read, a line each. */
  readonly output: Readable;
  /** The exit code, once the input has ended. */
  readonly ended: Promise<number | null>;
}

/** The toolbox on a folder, in this process and its environment. */
export function serveIn(workspace: string): Opened {
  const [input, output] = [new PassThrough(), new PassThrough()];
  return { input, output, ended: serve(input, output, toolsIn(workspace)).then(() => 0) };
}

/** A toolbox answers in the order of its questions, so whoever asked first is served first. */
export function sessionOver({ input, output, ended }: Opened) {
  const waiting: ((line: string) => void)[] = [];
  createInterface(output).on("line", (line) => waiting.shift()?.(line));
  const send = (line: string) =>
    new Promise<unknown>((answered) => {
      waiting.push((answer) => answered(JSON.parse(answer)));
      input.write(`${line}\n`);
    });
  const session: SandboxSession = {
    request: (message) => send(JSON.stringify({ ...(message as object), id: 7 })),
    close: async () => {
      input.end();
      await ended;
    },
  };
  return { send, session };
}

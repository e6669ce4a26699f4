import { z } from "zod";
import { begin, finish, type Progress, RESULTS, tell } from "./cargo-binaries.ts";

const SuiteEvent = z.object({
  type: z.literal("suite"),
  event: z.enum(["started", "ok", "failed"]),
  passed: z.number().optional(),
  failed: z.number().optional(),
  ignored: z.number().optional(),
});

const TestEvent = z.object({ type: z.literal("test"), event: z.string(), name: z.string() });

const LibtestEvent = z.union([SuiteEvent, TestEvent]);

/** Takes one line of libtest's JSON. */
export function takeJson(line: string, progress: Progress): void {
  const event = readEvent(line);
  if (event?.type === "suite") {
    if (event.event === "started") begin(progress);
    else finish(progress, { passed: event.passed, failed: event.failed, skipped: event.ignored });
  }
  if (event?.type !== "test" || progress.binary === undefined) return;
  const status = RESULTS.get(event.event);
  if (event.event === "started") progress.binary.open.add(event.name);
  else if (status !== undefined) {
    const { target } = progress.binary;
    tell({ target, name: event.name, status }, progress.binary, progress.told);
  }
}

function readEvent(line: string): z.infer<typeof LibtestEvent> | undefined {
  try {
    return LibtestEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

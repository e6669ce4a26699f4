import {
  at,
  entriesOf,
  type Parsed,
  parseWorkflow,
  type WorkflowText,
} from "../../control/exposure/workflow-holdings.ts";
import type { LoopRead } from "../../control/observed/loops/loop-text.ts";
import { callersIn } from "../doctor/callers.ts";

/** The reusable workflow that runs loops. */
const FILE = "loop.yml";
/** The secret that it needs for a loop with a judge. */
const KEY = "ANTHROPIC_API_KEY";

interface Caller {
  readonly path: string;
  readonly crons: readonly string[];
  readonly events: readonly string[];
  /** Whether it hands on the key that a judge needs. */
  readonly handsKey: boolean;
}

/**
 * Mismatches between loops and the workflows that call `loop.yml`: a loop that nothing starts, a beat that starts
 * nothing, and two loops of one beat, which cannot be told apart. Also a judge that gets no key from any caller.
 */
export function faultsOfSchedule(
  loops: readonly LoopRead[],
  workflows: readonly WorkflowText[],
): readonly string[] {
  const own = workflows.map(({ path }) => path.replace(/^.*\//, ""));
  const callers = workflows.flatMap((workflow) => callerOf(workflow, own));
  const started = loops.filter(({ loop }) => loop.on.schedule ?? loop.on.event);
  if (callers.length === 0 && started.length > 0) {
    return [
      "no workflow calls loop.yml, so that no loop runs: copy workflow-templates/factory-loops.yml",
    ];
  }
  const crons = new Set(callers.flatMap((one) => one.crons));
  const events = new Set(callers.flatMap((one) => one.events));
  return [
    ...started.flatMap(({ path, loop: { on } }) => [
      ...(on.schedule === undefined || crons.has(on.schedule)
        ? []
        : [`${path}: on.schedule: no workflow that calls loop.yml has the line "${on.schedule}"`]),
      ...(on.event === undefined || events.has(on.event)
        ? []
        : [`${path}: on.event: no workflow that calls loop.yml runs on ${on.event}`]),
    ]),
    ...callers.flatMap(({ path, crons: own }) =>
      own
        .filter((cron) => loops.every(({ loop }) => loop.on.schedule !== cron))
        .map((cron) => `${path}: no loop has the schedule "${cron}"`),
    ),
    ...doubled(loops),
    ...(callers.length === 0 || callers.some(({ handsKey }) => handsKey)
      ? []
      : loops.flatMap(keyless)),
  ];
}

function keyless({ path, loop }: LoopRead): readonly string[] {
  if (loop.roles.judge === undefined) return [];
  return [`${path}: roles.judge: no workflow that calls loop.yml hands on ${KEY}`];
}

function doubled(loops: readonly LoopRead[]): readonly string[] {
  return (["schedule", "event"] as const).flatMap((kind) =>
    [...Map.groupBy(loops, ({ loop }) => loop.on[kind])].flatMap(([value, own]) =>
      value === undefined || own.length < 2
        ? []
        : [`${own.map(({ path }) => path).join(" and ")} have the same ${kind} "${value}"`],
    ),
  );
}

function callerOf({ path, text }: WorkflowText, own: readonly string[]): readonly Caller[] {
  const calls = callersIn(path, text, [FILE], { own });
  if (calls.length === 0) return [];
  const handsKey = calls.some(({ secrets }) => secrets === "inherit" || secrets.includes(KEY));
  const on = at(parseWorkflow({ path, text }), "on");
  const events = typeof on === "string" ? [on] : entriesOf(on).map(([name]) => name);
  const listed: Parsed = at(on, "schedule");
  const lines: readonly unknown[] = Array.isArray(listed) ? listed : [];
  return [{ path, events, handsKey, crons: lines.map((line) => String(at(line, "cron"))) }];
}

import type { ControlResult } from "../../../../src/control/observed/situation.ts";
import type { GatheredItem } from "../../../../src/domain/loop/gathered.ts";
import type { LoopState } from "../../../../src/domain/loop/state.ts";
import { digestOfOrder, type LoopOrder } from "../../../../src/domain/order.ts";
import { NO_USAGE } from "../../../../src/domain/usage.ts";
import { loopMarker, parseLoopIssue } from "../../../../src/wording/loops/issue.ts";
import { deliver, newLine, type TestLine } from "../../line.ts";

export const CRON = "17 4 * * 1";
export const PATH = ".github/factory/loops/tidy.md";

/** A loop file whose front matter is this. */
export function fileOf(matter: string): string {
  return `---\n${matter.trim()}\n---\nFind what is untidy.\n`;
}

export const TIDY = fileOf(`
on: { schedule: "${CRON}" }
gather: { command: node scripts/untidy.mjs }
until: untidy = 0
guards:
  - { measure: tests, worse: lower }
effects: { file: 2, open: 3, labels: [tidy] }
expireAfterDays: 10
`);

export interface LoopLine extends TestLine {
  /** What the files hold from now on. */
  put(files: Readonly<Record<string, string>>): void;
}

export function loopLine(
  files: Readonly<Record<string, string>> = { [PATH]: TIDY },
  options: { readonly sealKey?: string | null; readonly config?: string } = {},
): LoopLine & { open(event?: object): Promise<ControlResult> } {
  const line = newLine({ ...options, paths: ["AGENTS.md", ...Object.keys(files)] });
  let held = files;
  const bytesAt = async (_commit: string, paths: readonly string[]) =>
    paths.map((path) => {
      const text = held[path];
      return { known: text === undefined ? null : new TextEncoder().encode(text) };
    });
  return {
    ...line,
    put: (next) => {
      held = next;
    },
    run: (task, input) => line.run(task, { bytesAt, ...input }),
    open: async (event = { schedule: CRON }) => {
      line.nextRun();
      return line.run("loop-open", { bytesAt, event: { name: "schedule", payload: event } });
    },
  };
}

/** An item that a gatherer found. */
export function item(key: string, body = "It is untidy."): GatheredItem {
  const evidence = [{ what: "a line", at: `src/${key}.ts:3`, output: "let x" }];
  return { key, title: `Untidy: ${key}`, body, evidence };
}

/** What the worker of this order would return. */
export function gathered(
  order: LoopOrder,
  items: readonly GatheredItem[],
  measures: Readonly<Record<string, number>> = { tests: 8, untidy: items.length },
) {
  return deliver("run-loop", {
    version: 1,
    order: digestOfOrder(order),
    usage: NO_USAGE,
    durationMs: 5,
    worker: "run-loop",
    gathered: { items, measures },
    ran: [{ what: "gather", durationMs: 5 }],
  });
}

/** One whole run of the loop that the schedule starts, in which this is found. */
export async function play(
  line: ReturnType<typeof loopLine>,
  items: readonly GatheredItem[],
  measures?: Readonly<Record<string, number>>,
): Promise<ControlResult> {
  const opened = await line.open();
  if (opened.order?.kind !== "loop") return opened;
  const { order } = opened;
  return line.run("loop-settle", {
    event: { name: "schedule", payload: { schedule: CRON } },
    order,
    proposals: [gathered(order, items, measures)],
  });
}

/** The issue that tells of the loop, and what it remembers. */
export function rolling({ github }: TestLine): {
  readonly number: number;
  readonly body: string;
  readonly state: LoopState;
} {
  const marker = loopMarker("tidy");
  const numbers = github.applied.flatMap(({ effect, receipt }) =>
    effect.kind === "open-issue" && effect.marker === marker && "number" in receipt
      ? [receipt.number]
      : [],
  );
  const number = numbers.at(-1) ?? 0;
  const { body } = github.issue(number);
  const sealed = parseLoopIssue(body);
  if (sealed === undefined) throw new Error("the state of the loop cannot be read");
  return { number, body, state: sealed.state };
}

/** Numbers of its open issues but the one that tells of it. */
export function openOf(line: TestLine): readonly number[] {
  const filed = line.github.applied.flatMap(({ effect, receipt }) =>
    effect.kind === "open-issue" && /:loop:tidy:/.test(effect.marker) && "number" in receipt
      ? [receipt.number]
      : [],
  );
  return [...new Set(filed)].filter((number) => line.github.issue(number).state === "open");
}

import type { CheckName } from "../../domain/config/check.ts";
import { secondsOf } from "../../domain/config/scoped-checks.ts";
import type { Subject } from "../../domain/evidence.ts";
import type { Order } from "../../domain/order.ts";
import type { BaselineCheck } from "../../domain/proposal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { CHECK_SECONDS } from "../checks/check.ts";
import { type CheckRecord, checksToPass, failingTests, recordCheck, sayRun } from "./checks.ts";

/** A check on the base; without a record its result is unknown. */
interface Asked {
  readonly name: CheckName;
  readonly record?: CheckRecord;
  readonly because?: string;
}

/** Results of the configured checks on the base bytes, in config order. */
export type BaseFindings = readonly Asked[];

/** Checks of the base, which run while models think. */
export interface BaseChecks {
  /** Never rejects before it is awaited; a fault of the sandbox is thrown there. */
  readonly found: Promise<BaseFindings>;
  /** Starts no further check; the running one ends with the workspace. */
  stop(): void;
}

/** The share of the wall clock after `setup` that the base may use; the rest is for the change. */
const SHARE = 1 / 3;

/** Starts every check but `setup` once, one after the other, on the base after `setup`. */
export function startBaseChecks(given: {
  readonly order: Order;
  readonly workspace: Workspace;
  readonly subject: Subject;
  remainingMs(): number;
}): BaseChecks {
  const reserve = given.remainingMs() * (1 - SHARE);
  let stopped = false;
  const ask = async (): Promise<BaseFindings> => {
    const findings: Asked[] = [];
    for (const name of checksToPass(given.order.config)) {
      if (!stopped) findings.push(await askOne(name, given, given.remainingMs() - reserve));
    }
    return findings;
  };
  const found = ask();
  found.catch(() => undefined);
  return {
    found,
    stop: () => {
      stopped = true;
    },
  };
}

async function askOne(
  name: CheckName,
  given: { readonly order: Order; readonly workspace: Workspace; readonly subject: Subject },
  remainingMs: number,
): Promise<Asked> {
  const { config } = given.order;
  const { workspace, subject } = given;
  if (remainingMs < 1) return { name, because: "was not run on the base: time was short" };
  const record = await recordCheck(workspace, { name, config, on: "base", subject, remainingMs });
  const limitMs = secondsOf(config.checks[name] ?? [], CHECK_SECONDS) * 1_000;
  // Stopped by our own limit and not its own, which says nothing about the base.
  if (record.run.status === "timed-out" && remainingMs < limitMs) {
    return { name, because: `${sayRun(record.run)} on the base: time was short` };
  }
  return { name, record };
}

/** The record of a check that did not pass on the base, or undefined. */
export function baseFailure(findings: BaseFindings, name: CheckName): CheckRecord | undefined {
  const record = findings.find((asked) => asked.name === name)?.record;
  return record?.run.status === "passed" ? undefined : record;
}

/** Limits of the schema. */
const NAMED_TESTS = 50;
const MAXIMUM_SAID = 300;

/** The findings in the form of the proposal. */
export function baselineOf(findings: BaseFindings): BaselineCheck[] {
  return findings.map(({ name, record, because }) => ({
    name,
    status: record?.run.status ?? "not-known",
    said: cut(record === undefined ? (because ?? "was not run") : sayRun(record.run), MAXIMUM_SAID),
    failing: record === undefined ? [] : failingTests(record.run).slice(0, NAMED_TESTS),
  }));
}

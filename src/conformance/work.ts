import type { Conformance, Findings } from "../domain/platform/conformance.ts";
import { compare, parseFindings, writeFindings } from "../domain/platform/conformance.ts";
import type { Clock } from "../ports/clock.ts";
import type { Wire } from "../ports/wire.ts";
import { measure } from "./measure.ts";
import type { readConformanceOptions } from "./options.ts";
import { createProbe } from "./probe.ts";
import { tidy } from "./tidy.ts";

export type ConformanceOptions = ReturnType<typeof readConformanceOptions>;

export interface ConformanceRun {
  readonly id: number;
  readonly attempt: number;
  readonly repository: string;
}

/** A long job output within GitHub's limit; the workflow checks both of its ends. */
const LONG = `first${"0".repeat(300_000)}last`;

/** Result of one job of the workflow. */
export interface Worked {
  /** The job's output. */
  readonly found?: string;
  readonly report?: Conformance;
  /** Reported as warnings. */
  readonly notes: readonly string[];
}

/** Does one task of the workflow; `readCache` returns the answer of this very job's cache service. */
export async function workConformance(
  options: ConformanceOptions,
  run: ConformanceRun,
  ports: {
    readonly wire: Wire;
    readonly clock: Clock;
    readonly readCache: () => Promise<Findings>;
  },
): Promise<Worked> {
  switch (options.task) {
    case "measure": {
      const { workflow, paceMs } = options;
      const { findings, notes } = await measure({ run, workflow, paceMs }, ports);
      return { found: writeFindings(findings), notes };
    }
    case "tidy": {
      const left = await tidy(createProbe(ports, options.paceMs));
      return { notes: left.length === 0 ? [] : [`left behind: ${left.join(", ")}`] };
    }
    case "cache":
      return { found: writeFindings(await ports.readCache()), notes: [] };
    case "fill":
      return { found: LONG, notes: [] };
    case "report": {
      const { id, attempt, repository } = run;
      const at = ports.clock.now();
      const report = compare(parseFindings(options.found), { repository, run: id, attempt, at });
      return { report, notes: [] };
    }
  }
}

/** Facts on which GitHub differs from the expectation. */
export function differing({ facts }: Conformance): readonly string[] {
  return Object.entries(facts).flatMap(([number, { standing }]) =>
    standing === "differs" ? [number] : [],
  );
}

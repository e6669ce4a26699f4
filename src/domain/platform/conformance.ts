import { z } from "zod";
import {
  type Accepted,
  CHECKS,
  type Check,
  type CheckedFact,
  isChecked,
  NOT_MET,
} from "./checks.ts";

export const STANDINGS = ["agrees", "differs", "not met"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Result for one fact, compared with the expectation. */
export const Finding = z.strictObject({ found: z.string().max(200), standing: z.enum(STANDINGS) });
export type Finding = z.infer<typeof Finding>;

/** `conformance.json`: GitHub's actual behavior in one run, keyed by the numbers of docs/reference/platform.md. */
export const Conformance = z.strictObject({
  version: z.literal(1),
  repository: z.string().max(200),
  run: z.number().int(),
  attempt: z.number().int(),
  at: z.iso.datetime(),
  facts: z.record(z.string().regex(/^\d+\.\d+$/), Finding),
});
export type Conformance = z.infer<typeof Conformance>;

export type Findings = Readonly<Partial<Record<CheckedFact, string>>>;

const LONGEST = 200;

/**
 * Reads `NUMBER=FOUND`, separated by lines or semicolons. If a fact occurs twice, the first result counts. Throws for a
 * line of another form, and for a number without a check.
 */
export function parseFindings(text: string): Findings {
  const found: Partial<Record<CheckedFact, string>> = {};
  for (const line of text.split(/[\n;]/).map((one) => one.trim())) {
    if (line === "") continue;
    const [, number = "", value = ""] = /^(\d+\.\d+)=(.*)$/.exec(line) ?? [];
    if (!isChecked(number)) {
      throw new Error(
        `found: expected NUMBER=FOUND with a checked number, found "${line.slice(0, 60)}"`,
      );
    }
    found[number] ??= value.trim().slice(0, LONGEST);
  }
  return found;
}

/** The inverse: one line of text for a job's output. */
export function writeFindings(findings: Findings): string {
  return Object.entries(findings)
    .map(([number, found]) => `${number}=${found.replaceAll(/[\s;]+/g, " ")}`)
    .join("; ");
}

/** Compares results with expectations. A fact that was not checked is not met, and a failed job reports its part that way. */
export function compare(
  findings: Findings,
  run: Omit<Conformance, "version" | "facts">,
): Conformance {
  const facts = Object.entries(CHECKS).map(([number, check]) => {
    const found = findings[number as CheckedFact] || NOT_MET;
    return [number, { found, standing: standingOf(found, check) }] as const;
  });
  return { version: 1, ...run, facts: Object.fromEntries(facts) };
}

function standingOf(found: string, { accepts }: Check): Standing {
  if (found === NOT_MET) return "not met";
  return isAccepted(found, accepts) ? "agrees" : "differs";
}

function isAccepted(found: string, accepts: Accepted): boolean {
  if ("anything" in accepts) return true;
  if ("oneOf" in accepts) return accepts.oneOf.includes(found);
  return /^\d+$/.test(found) && Number(found) <= accepts.atMost;
}

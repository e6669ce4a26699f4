import { z } from "zod";
import type { ChangeSet } from "../change-set.ts";
import { foldPath, isProtected } from "../path.ts";

export const Risk = z.enum(["low", "medium", "high"]);
export type Risk = z.infer<typeof Risk>;

const ORDER: readonly Risk[] = ["low", "medium", "high"];

export function higherRisk(left: Risk, right: Risk): Risk {
  // Stryker disable next-line EqualityOperator: of two that are equal it does not matter which is given back
  return ORDER.indexOf(left) >= ORDER.indexOf(right) ? left : right;
}

/** Risk with the facts it was computed from, so that a person can recount it. */
export interface RiskAssessment {
  readonly risk: Risk;
  readonly reasons: readonly string[];
}

const SENSITIVE = /(^|\/)(auth|security|crypto|payment|billing|migrations?|secrets?)([/._-]|$)/;
const LOW = /\.(md|txt|rst)$|(^|\/)(docs?|tests?|__tests__|spec)\/|\.(test|spec)\.[a-z]+$/;

/**
 * Computed from the tree: paths and size. A model may only raise it.
 * @param measures `changedLines` is added plus removed lines
 */
export function assessRisk(
  changeSet: ChangeSet,
  measures: { readonly changedLines: number; readonly protectedPaths: readonly string[] },
): RiskAssessment {
  const paths = changeSet.files.map(({ path }) => foldPath(path));
  const reasons: string[] = [];
  let risk: Risk = paths.every((path) => LOW.test(path)) ? "low" : "medium";
  if (risk === "low") reasons.push("documentation and tests only");
  else reasons.push(`source files among ${paths.length} changed`);
  // Whether the base had the bit is not told here: a program among documents is never a matter of course (threats GIT-05).
  const programs = changeSet.files.filter((file) => "mode" in file && file.mode === "100755");
  if (programs.length > 0) {
    risk = "medium";
    reasons.push(`holds ${programs.length} file(s) with the executable bit`);
  }
  const raise = (when: boolean, reason: string) => {
    if (!when) return;
    risk = "high";
    reasons.push(reason);
  };
  raise(
    paths.some((path) => isProtected(path, measures.protectedPaths)),
    "touches a protected path",
  );
  raise(
    paths.some((path) => SENSITIVE.test(path)),
    "touches authentication, payment, migration or secrets",
  );
  raise(measures.changedLines > 400, `${measures.changedLines} changed lines`);
  raise(
    changeSet.files.some((file) => "deleted" in file) && paths.length > 20,
    "deletes files in a large change",
  );
  return { risk, reasons };
}

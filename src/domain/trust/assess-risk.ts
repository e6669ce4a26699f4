import type { ChangedFile, ChangeSet } from "../change-set.ts";
import { foldPath } from "../path.ts";
import { isReported, natureOf } from "./file-nature.ts";
import { isProgram, isProtected } from "./protection.ts";
import { higherRisk, type Risk } from "./risk.ts";

/** Risk with the facts behind it, so that a person can recompute it. */
export interface RiskAssessment {
  readonly risk: Risk;
  readonly reasons: readonly string[];
}

/** Words of a path, split by case and signs, about permissions, money, or the schema of stored data. */
const SENSITIVE =
  /^(?:auth\w*|oauth\w*|oidc|saml|sso|login|signin|signup|logins|passwords?|passwd|credentials?|jwt|crypto\w*|cipher\w*|encrypt\w*|decrypt\w*|security|secrets?|permissions?|acls?|rbac|payments?|payouts?|billing|invoices?|invoicing|refunds?|stripe|paypal|migrat(?:e|es|ed|ion|ions|ing|or|ors)|alembic|flyway|liquibase)$/;

/** The words about a changed schema of stored data, and about commands for a database itself. */
const MIGRATING = /^(?:migrat(?:e|es|ed|ion|ions|ing|or|ors)|alembic|flyway|liquibase)$/;
const TOLD_TO_A_DATABASE = /\.(?:sql|ddl|cql)$/;

/** Whether a file may have changed stored data when it was deployed; reverting the file does not undo that. */
export function mayMigrate(path: string): boolean {
  return (
    TOLD_TO_A_DATABASE.test(foldPath(path)) || wordsOf(path).some((word) => MIGRATING.test(word))
  );
}

function wordsOf(path: string): readonly string[] {
  return path
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .map(foldPath);
}

function isSensitive(path: string): boolean {
  return wordsOf(path).some(
    (word) => SENSITIVE.test(word.replace(/\d+$/, "")) && !/^author(?:s|ed|ing|ship)?$/.test(word),
  );
}

/**
 * Computes the risk from the tree: the nature of each file, and the size. Low is an allow-list: prose, pictures, and
 * tests that the runner reported. A model may only raise it. @param measures `changedLines` is added plus removed lines;
 * `tests` are the names in the report of the change, undefined before anything ran
 */
export function assessRisk(
  changeSet: ChangeSet,
  measures: {
    readonly changedLines: number;
    readonly protectedPaths: readonly string[];
    readonly tests?: readonly string[] | undefined;
  },
): RiskAssessment {
  const { files } = changeSet;
  const reasons: string[] = [];
  let risk: Risk = "low";
  const raise = (to: Risk, when: boolean, reason: string) => {
    if (!when) return;
    risk = higherRisk(risk, to);
    reasons.push(reason);
  };
  const others = files.filter((file) => !isHarmless(file, measures.tests));
  if (others.length === 0) reasons.push("documentation, pictures and reported tests only");
  raise(
    "medium",
    others.length > 0,
    `${others.length} of ${files.length} files are neither documentation, a picture nor a reported test`,
  );
  const programs = files.filter(isProgram).length;
  raise("medium", programs > 0, `run by a shell: ${programs} of ${files.length} files`);
  raise(
    "high",
    files.some(({ path }) => isProtected(path, measures.protectedPaths)),
    "touches a protected path",
  );
  raise(
    "high",
    files.some(({ path }) => isSensitive(path)),
    "touches authentication, payment, migration or secrets",
  );
  raise("high", measures.changedLines > 400, `${measures.changedLines} changed lines`);
  raise(
    "high",
    files.some((file) => "deleted" in file) && files.length > 20,
    "deletes files in a large change",
  );
  return { risk, reasons };
}

/** A deleted or emptied test proves nothing. A test is harmless only if its runner still reports it. */
function isHarmless({ path }: ChangedFile, tests: readonly string[] | undefined): boolean {
  const nature = natureOf(path);
  if (nature === "test") return tests === undefined || isReported(path, tests);
  return nature !== "other";
}

import { refuseChangeSet } from "../../domain/change-set.ts";
import { readDependencyChange, refuseUnapproved } from "../../domain/dependencies/change.ts";
import { foldPath, matchesAny } from "../../domain/path.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { refuseSuspicious } from "../../domain/secrets/refusals.ts";
import { trustOf } from "../../domain/trust-level.ts";
import type { Gate, GateRule } from "./rule.ts";

/** What the change itself must be, before anybody's opinion of it. */
export const CHANGE_RULES: readonly GateRule[] = [
  {
    name: "base",
    holds: "The change was made on the commit that the order pins.",
    check: ({ order, implement }) =>
      implement.changeSet.base === order.base
        ? undefined
        : {
            code: "change-set-invalid",
            subject: "its base",
            found: implement.changeSet.base,
            accepted: order.base,
          },
  },
  {
    name: "something",
    holds: "The change is not empty.",
    check: ({ implement }) =>
      implement.changeSet.files.length > 0
        ? undefined
        : { code: "nothing-produced", subject: "an empty change" },
  },
  {
    name: "shape",
    holds: "Every path, mode and size is one that a tree may hold.",
    check: ({ implement }) => refuseChangeSet(implement.changeSet)[0],
  },
  {
    name: "paths",
    holds: "Every path is one that the contract allows.",
    check: (gate) => {
      const { paths } = gate.order.contract.boundaries;
      const outside = pathsOf(gate).find((path) => paths.length > 0 && !matchesAny(path, paths));
      return outside === undefined
        ? undefined
        : {
            code: "path-not-allowed",
            subject: outside.slice(0, 300),
            accepted: paths.join(", ").slice(0, 500),
          };
    },
  },
  {
    name: "workflows",
    holds: "No workflow is touched.",
    check: (gate) => {
      // GitHub refuses such a push from a job's token, so it is refused before anything is published (platform.md §1).
      const own = pathsOf(gate).find((path) => foldPath(path).startsWith(".github/workflows/"));
      return own === undefined
        ? undefined
        : {
            code: "path-protected",
            subject: own.slice(0, 300),
            next: "a person has to make this change; take the path out of the contract, then comment `/factory retry`",
          };
    },
  },
  {
    name: "dependencies",
    holds: "No dependency is touched, or a person approved exactly these bytes.",
    check: refuseDependencies,
  },
  {
    name: "trust",
    holds: "The factory may propose changes to every path it touched.",
    check: ({ order, implement }) => {
      const locked = implement.changeSet.files.find(
        ({ path }) => trustOf(path, order.config.trust) === "read-only",
      );
      return locked === undefined
        ? undefined
        : {
            code: "trust-too-low",
            subject: locked.path.slice(0, 300),
            found: "read-only",
            accepted: "open-pr or more",
            next: "raise the trust of this path in `.github/factory.yml`, or take it out of the contract, then comment `/factory retry`",
          };
    },
  },
  {
    name: "secrets",
    holds: "Nothing that the change adds looks like a secret.",
    check: ({ implement, baseFiles }) => refuseSuspicious(implement.changeSet, baseFiles),
  },
  {
    name: "size",
    holds: "The change is not larger than the config allows.",
    check: ({ order, verify }) => {
      const { changedLines } = order.config.limits;
      return verify.changedLines <= changedLines
        ? undefined
        : {
            code: "limit-exceeded",
            subject: "changed lines",
            found: `${verify.changedLines}`,
            accepted: `at most ${changedLines}`,
          };
    },
  },
];

/** Asked here again: implement and verify refused it already, and what they say of themselves is no authority. */
function refuseDependencies({ order, implement, approvedDependencies }: Gate): Refusal | undefined {
  const { registries } = order.config.dependencies;
  const before = () => undefined;
  const change = readDependencyChange(implement.changeSet, { registries, before });
  if (change === undefined) return undefined;
  if ("refusal" in change) return change.refusal;
  return refuseUnapproved(change, approvedDependencies);
}

export function pathsOf({ implement }: Gate): readonly string[] {
  return implement.changeSet.files.map(({ path }) => path);
}

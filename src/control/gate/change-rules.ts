import { refuseChangeSet } from "../../domain/change-set.ts";
import { readDependencyChange, refuseUnapproved } from "../../domain/dependencies/change.ts";
import { foldPath, matchesAny } from "../../domain/path.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { refuseSuspicious } from "../../domain/secrets/refusals.ts";
import { trustOf } from "../../domain/trust/trust-level.ts";
import type { Gate, GateRule } from "./rule.ts";

/** Rules for the change itself, before any opinion about it. */
export const CHANGE_RULES: readonly GateRule[] = [
  {
    name: "base",
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
    check: ({ implement }) =>
      implement.changeSet.files.length > 0
        ? undefined
        : { code: "nothing-produced", subject: "an empty change" },
  },
  {
    name: "shape",
    check: ({ implement, oddPaths = [] }) =>
      refuseChangeSet(implement.changeSet, (path) => oddPaths.includes(path))[0],
  },
  {
    name: "paths",
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
    check: (gate) => {
      // GitHub refuses such a push from a job's token, so it is refused before anything is published (platform.md §1).
      const own = pathsOf(gate).find((path) => foldPath(path).startsWith(".github/workflows/"));
      return own === undefined
        ? undefined
        : {
            code: "path-protected",
            subject: own.slice(0, 300),
            hint: "leave-the-path-to-a-person",
          };
    },
  },
  {
    name: "dependencies",
    check: refuseDependencies,
  },
  {
    name: "trust",
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
            hint: "raise-the-trust",
          };
    },
  },
  {
    name: "secrets",
    check: ({ implement, baseFiles }) => refuseSuspicious(implement.changeSet, baseFiles),
  },
  {
    name: "size",
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

/** Checked again here: implement and verify refused it already, but their own reports are not trusted. */
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

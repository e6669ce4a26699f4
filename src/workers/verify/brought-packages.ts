import type { Evidence } from "../../domain/evidence.ts";
import type { Task } from "../checks/workbench.ts";
import { describePackages } from "./package-facts.ts";

/** Packages of the approved lockfiles, for the person who merges. */
export async function describeDependencies(task: Task): Promise<readonly Evidence[]> {
  const { dependencies, order, subject, ports } = task;
  if (dependencies === undefined) return [];
  const { digest, lockfiles } = dependencies;
  const known = lockfiles.flatMap((one) => one.known);
  const config = order.config.dependencies;
  const packages = lockfiles.flatMap(({ added }) => added).slice(0, ADDED);
  const added = await describePackages(packages, { known, config, web: ports.web });
  const paths = lockfiles.map(({ path }) => path);
  return [{ kind: "dependencies", subject, digest, lockfiles: paths, added: [...added] }];
}

/** Limit of the evidence's schema. */
const ADDED = 500;

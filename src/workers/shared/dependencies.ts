import type { ChangeSet } from "../../domain/change-set.ts";
import {
  type DependencyChange,
  readDependencyChange,
  refuseUnapproved,
} from "../../domain/dependencies/change.ts";
import { dependencyFiles } from "../../domain/dependencies/files.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Repository } from "../../ports/repository.ts";

/**
 * What a change does to dependencies, compared with the base: undefined for nothing, a refusal for what no person has
 * approved on this issue, byte for byte. Asked before anything of it runs; control asks again before anything is published.
 */
export async function judgeDependencies(
  order: Pick<LineOrder, "base" | "config" | "approvedDependencies">,
  changeSet: ChangeSet,
  repository: Repository,
): Promise<DependencyChange | { readonly refusal: Refusal } | undefined> {
  const texts = new Map<string, string>();
  for (const { path } of dependencyFiles(changeSet)) {
    const bytes = await repository.read(order.base, path);
    if (bytes !== undefined) texts.set(path, new TextDecoder().decode(bytes));
  }
  const { registries } = order.config.dependencies;
  const change = readDependencyChange(changeSet, {
    registries,
    before: (path) => texts.get(path),
  });
  if (change === undefined || "refusal" in change) return change;
  const refusal = refuseUnapproved(change, order.approvedDependencies);
  return refusal === undefined ? change : { refusal };
}

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
 * Effect of a change on dependencies, compared with the base: undefined if none, a refusal if no person has approved it
 * on this issue, byte for byte. Checked before any of it runs; control checks again before a publication.
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

import { AskedName, OWNERS_NAMED } from "../../../domain/config/asked.ts";
import { CODEOWNERS, readOwners } from "../../../domain/github/code-owners.ts";
import { type FileAt, fileAt, unread } from "../files.ts";
import type { View } from "../issue-view.ts";
import { readProposal } from "../proposals.ts";

/**
 * The change that this run made, and the files that name the owners of its paths: those of the base, as GitHub reads
 * them. The change itself does not decide who is asked. Undefined if this run made none, or the config asks no owners.
 */
function askedOf({ input }: Pick<View, "input">) {
  const { task, order } = input;
  if (task !== "settle" || order?.kind !== "line") return undefined;
  if (!order.config.ask.includes("code owners")) return undefined;
  const made = readProposal({ input }, { worker: "implement", order });
  if (made.kind !== "proposal") return undefined;
  const { base, files } = made.proposal.changeSet;
  const places: readonly FileAt[] = CODEOWNERS.map((path) => ({ commit: base, path }));
  return { places, paths: files.map(({ path }) => path) };
}

/** Files to read before the owners of the changed paths are known. */
export function ownersToRead(view: View): readonly FileAt[] {
  return unread(view.files, askedOf(view)?.places ?? []);
}

/**
 * Owners of this run's change, by name and without `@`; an email address is skipped. Undefined if unknown. The first
 * existing file counts. A file too large for GitHub to show names nobody.
 */
export function ownersOfChange(view: View): readonly string[] | undefined {
  const asked = askedOf(view);
  if (asked === undefined || ownersToRead(view).length > 0) return undefined;
  const states = asked.places.map((place) => fileAt(view.files, place));
  const counts = states.find(
    (state) => state !== undefined && !("known" in state && state.known === null),
  );
  if (counts === undefined || !("known" in counts) || counts.known === null) return [];
  const ownersOf = readOwners(new TextDecoder().decode(counts.known));
  const owners = asked.paths
    .flatMap((path) => ownersOf(path))
    .map((owner) => owner.replace(/^@/, ""));
  return [...new Set(owners.filter((owner) => AskedName.safeParse(owner).success))].slice(
    0,
    OWNERS_NAMED,
  );
}

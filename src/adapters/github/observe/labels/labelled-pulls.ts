import type { LabelledPull, Part, Scope, Snapshot } from "../../../../domain/github/snapshot.ts";
import { unblockLabel } from "../../../../domain/label.ts";
import type { UserAnswer } from "../../answers.ts";
import type { Permissions } from "../../permissions.ts";
import type { LookAnswer } from "../look/answers.ts";
import { labeller } from "./andon.ts";

type Shown = NonNullable<LookAnswer["unblocking"]>["nodes"][number];

/** A pull request with the label, and the account that added it. */
interface Found {
  readonly shown: Shown;
  readonly by: Part<UserAnswer>;
  readonly at?: string;
}

/** Those in the look; none if nobody asked. */
export function foundLabelled(
  { unblocking }: Pick<LookAnswer, "unblocking">,
  prefix: string,
): readonly Found[] {
  const label = unblockLabel(prefix);
  return (unblocking?.nodes ?? []).map((shown) => {
    const events = shown.timelineItems.nodes;
    const last = events.findLast((one) => one.label.name.toLowerCase() === label.toLowerCase());
    return {
      shown,
      by: labeller(events, label),
      ...(last === undefined ? {} : { at: last.createdAt }),
    };
  });
}

export function labellersAmong(found: readonly Found[]): readonly UserAnswer[] {
  return found.flatMap(({ by }) => ("known" in by ? [by.known] : []));
}

/** Comments of others are left out, and read when somebody works on it. */
export function labelledPulls(
  found: readonly Found[],
  seen: {
    readonly scope: Pick<Scope, "unblocking">;
    readonly shown: LookAnswer["unblocking"];
    readonly self: { readonly id: number };
    readonly permissions: Permissions;
  },
): Pick<Snapshot, "unblocking"> {
  const { scope, shown, self, permissions } = seen;
  if (scope.unblocking !== true) return {};
  if (shown == null) return { unblocking: { unknown: "GitHub does not show them" } };
  return {
    unblocking: {
      known: found.map(({ shown: { state, comments }, by, at }): LabelledPull => {
        return {
          pull: state,
          by: "known" in by ? permissions.find(by.known) : by,
          ...(at === undefined ? {} : { at }),
          said: saidBy(self, comments.nodes),
          ...(isCut(comments, at) ? { isCut: true } : {}),
        };
      }),
    },
  };
}

/** Older comments are not shown, and some of them may be newer than the label. */
function isCut({ nodes, pageInfo }: Shown["comments"], at = ""): boolean {
  const oldest = nodes[0]?.createdAt ?? "";
  return pageInfo.hasPreviousPage && Date.parse(oldest) > Date.parse(at);
}

type Comments = readonly Omit<Shown["comments"]["nodes"][number], "createdAt">[];

function saidBy(self: { readonly id: number }, comments: Comments): LabelledPull["said"] {
  return comments
    .filter(({ author }) => author.id === self.id)
    .map(({ fullDatabaseId: id, body, updatedAt }) => ({ id, body, updatedAt }));
}

/** The factory's comments on the pull request of the scope, if asked for. */
export function pullSaid(
  { pullSaid: asked }: Pick<Scope, "pullSaid">,
  { pullSaid: shown }: Pick<LookAnswer, "pullSaid">,
  self: { readonly id: number },
): Pick<Snapshot, "pullSaid" | "isPullSaidCut"> {
  if (asked !== true) return {};
  if (shown == null) return { pullSaid: { unknown: "GitHub does not show it" } };
  const { nodes, pageInfo } = shown.comments;
  return {
    pullSaid: { known: saidBy(self, nodes) },
    ...(pageInfo.hasNextPage ? { isPullSaidCut: true } : {}),
  };
}

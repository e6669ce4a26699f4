import type { EffectOf } from "../../../domain/github/effect.ts";
import type { ReviewThread } from "../../../domain/github/owned-pull-request.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { ImplementProposal } from "../../../domain/proposal.ts";
import { answerMarker, renderAnswer } from "../../../wording/pull-request/thread-answer.ts";
import { MOST_ANSWERS } from "../../guard/continued-bounds.ts";
import { type FileAt, fileAt } from "../../observed/files.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";
import { lineBetween } from "./line-changes.ts";
import { openThreads } from "./open-words.ts";

/** Threads whose last comment this attempt knew. Comments after its claim belong to the next attempt. */
export function threadsToAnswer(view: View, order: LineOrder): readonly ReviewThread[] {
  if (order.continues === undefined) return [];
  const { told = [] } = order;
  return openThreads(view)
    .filter(({ comments }) => told.includes(comments.at(-1)?.id ?? 0))
    .slice(0, MOST_ANSWERS);
}

/** Files to compare to tell whether the line of a thread changed: the version before, and, for files that the change leaves alone, the base's. */
export function filesToCompare(view: View, order: LineOrder, made: ImplementProposal): FileAt[] {
  const { continues, base } = order;
  if (continues === undefined) return [];
  const written = new Set(made.changeSet.files.map(({ path }) => path));
  return threadsToAnswer(view, order)
    .filter(({ line }) => line !== null)
    .flatMap(({ path }) => [
      { commit: continues.head, path },
      ...(written.has(path) ? [] : [{ commit: base, path }]),
    ]);
}

/** One answer in each thread: whether its line changed, and the attempt's own statement. */
export function answerEffects(
  view: View,
  answered: {
    readonly order: LineOrder;
    readonly made: ImplementProposal;
    readonly commit: string;
  },
): readonly EffectOf<"answer-thread">[] {
  const { order, made, commit } = answered;
  const { continues, attempt } = order;
  if (continues === undefined) return [];
  return threadsToAnswer(view, order).map((thread) => ({
    kind: "answer-thread",
    key: `answer/${thread.id}/${attempt}`,
    pullRequest: continues.pullRequest,
    thread: thread.id,
    marker: answerMarker(attempt),
    body: renderAnswer({
      attempt,
      commit,
      url: `${repositoryUrl(view)}/commit/${commit}`,
      line: lineOf(view, thread, { order, made }),
      summary: made.summary,
    }),
  }));
}

/** Resolves threads whose line the attempt changed, because the questioned code is gone. Each thread is answered first. */
export function resolutions(
  view: View,
  { order, made }: { readonly order: LineOrder; readonly made: ImplementProposal },
): readonly EffectOf<"resolve-thread">[] {
  const { continues } = order;
  if (continues === undefined) return [];
  return threadsToAnswer(view, order).flatMap((thread) => {
    const { id, node } = thread;
    if (node === null || lineOf(view, thread, { order, made }) !== "changed") return [];
    const key = `resolve/${id}/${order.attempt}`;
    return [{ kind: "resolve-thread", key, pullRequest: continues.pullRequest, thread: id, node }];
  });
}

function lineOf(
  view: View,
  { path, line }: ReviewThread,
  { order, made }: { readonly order: LineOrder; readonly made: ImplementProposal },
): ReturnType<typeof lineBetween> {
  const before = textAt(view, { commit: order.continues?.head ?? "", path });
  const file = made.changeSet.files.find((one) => one.path === path);
  if (file === undefined) {
    return lineBetween({ before, after: textAt(view, { commit: order.base, path }) }, line);
  }
  if ("deleted" in file) return lineBetween({ before, after: null }, line);
  if (file.encoding !== "utf-8") return "unknown";
  return lineBetween({ before, after: file.content }, line);
}

function textAt({ files }: View, file: FileAt): string | null {
  const state = fileAt(files, file);
  const bytes = state !== undefined && "known" in state ? state.known : null;
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

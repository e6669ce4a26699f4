import { z } from "zod";
import type { Effect } from "../../../domain/github/effect.ts";
import type { Receipt } from "../../../domain/github/receipt.ts";
import { isLost, requestErrorOf } from "../client/request-error.ts";
import type { Execution } from "../execution.ts";
import { failed } from "../failure.ts";
import type { Memory } from "../memory.ts";
import type { Written } from "./apply-together.ts";
import { answersOf, documentOf, labelFields } from "./document.ts";
import { wordingOf } from "./wordings.ts";

/**
 * Sends effects as one document. An unclear result is unknown, and so is a document that GitHub did not accept at all:
 * each effect is then checked alone.
 */
export async function write(
  { client, memory }: Execution,
  effects: readonly Effect[],
): Promise<Written> {
  const all = effects.flatMap((effect) => {
    const wording = wordingOf(effect, memory);
    return wording === undefined ? [] : [{ effect, wording }];
  });
  const repository = memory.node("repository") ?? "";
  const labels = labelFields(repository, labelsToMake(effects, memory));
  const { text, variables } = documentOf(all, labels);
  const isRepeatable = all.every(({ wording }) => wording.isRepeatable);
  const creates = all.some(({ wording }) => wording.creates);
  try {
    const answer = await client.changeAll(text, variables, { isRepeatable, creates });
    if (answer.data === null) return "unknown";
    learnLabels(answer.data, memory);
    return answersOf(all, answer).map((answers, at) => {
      const one = all[at];
      return one === undefined || answers === undefined ? undefined : receiptOf(one, answers);
    });
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure === undefined) throw error;
    if (isLost(failure)) await client.wait(client.retryDelayMs);
    return "unknown";
  }
}

/**
 * The factory's labels that the repository lacks. They are created with the first comment on an issue, so that every
 * later label has an id. If GitHub refuses that, a label is created by use, as with REST.
 */
export function labelsToMake(effects: readonly Effect[], memory: Memory): readonly string[] {
  const isFirst = effects.some(
    (effect) => effect.kind === "write-comment" && effect.comment === null,
  );
  return isFirst && memory.node("repository") !== undefined ? memory.missing() : [];
}

const MadeLabel = z.object({ label: z.object({ id: z.string(), name: z.string() }) });

function learnLabels(data: unknown, memory: Memory): void {
  for (const answer of Object.values(data as object)) {
    const made = MadeLabel.safeParse(answer);
    if (made.success) memory.namedLabel(made.data.label.name, made.data.label.id);
  }
}

type Worded = Parameters<typeof documentOf>[0][number];

/** A result that our own check of the answer forbids is our refusal. */
function receiptOf({ effect, wording }: Worded, answers: readonly unknown[]): Receipt | undefined {
  try {
    const result = wording.read(answers);
    if (result === undefined) return undefined;
    return { kind: effect.kind, key: effect.key, ...(result as object) } as Receipt;
  } catch (error: unknown) {
    return failed(effect, error);
  }
}

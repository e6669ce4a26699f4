import type { BetaMessageStream } from "@anthropic-ai/sdk/lib/BetaMessageStream";
import type { BetaToolRunner } from "@anthropic-ai/sdk/lib/tools/BetaToolRunner";
import type { BetaMessage } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { Refusal } from "../../../domain/refusal.ts";
import { type End, refused, stop } from "../shared/end.ts";
import { FINISH, MAXIMUM_INVALID_ANSWERS, MAXIMUM_NUDGES, NUDGE } from "../shared/finish-tool.ts";
import { isTooLong } from "../shared/http-faults.ts";
import { type Exchange, refuseRequest, tokensAtMost } from "../shared/perform.ts";
import { callsOf, countsOf, textOf, tokensOf } from "./reply.ts";
import { isBrokenStream, refusalOf } from "./wire-faults.ts";

export type Runner = BetaToolRunner<true>;

interface Broken {
  readonly error: unknown;
  readonly hasBegun: boolean;
}

interface Setting<Answer> extends Exchange<Answer> {
  /** Removed from every report. */
  readonly secret: string;
  readonly maximumRetries: number;
}

/** One conversation with the model, from the first request to the answer or the refusal. */
export class Conversation<Answer> {
  readonly #setting: Setting<Answer>;
  #nudges = 0;
  #broken = 0;
  /** Upper limit of the next prompt, in tokens: the last one, and at most a token for each byte since. */
  #promptTokens: number;

  constructor(setting: Setting<Answer>) {
    this.#setting = setting;
    this.#promptTokens = setting.promptTokens;
  }

  async follow(runner: Runner): Promise<End<Answer>> {
    try {
      let startedAt = performance.now();
      for await (const stream of runner) {
        const message = await this.#receive(stream, startedAt);
        const end =
          "error" in message
            ? this.#afterBrokenStream(runner, message)
            : await this.#afterReply(runner, message.reply);
        const refusal = end === undefined ? this.#askBudget() : undefined;
        if (refusal !== undefined) return { kind: "refused", refusal };
        if (end !== undefined) return end;
        startedAt = performance.now();
      }
      return stop({ kind: "no-answer", said: "the conversation ended without one" });
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /** Says which part of a too long prompt is too long: the role's common text, this task's, or later text. */
  #refuse(error: unknown): End<never> {
    const { secret, task, spent } = this.#setting;
    const refusal = refusalOf(error, secret);
    if (!isTooLong(refusal)) return refused(refusal);
    const sizes = `${task.system.length} characters of instructions, ${task.prompt.length} of this task, after ${spent.turns()} turns`;
    return refused({ ...refusal, found: `${refusal.found ?? ""} (${sizes})`.slice(-2_000) });
  }

  #askBudget(): Refusal | undefined {
    return refuseRequest(this.#setting, this.#promptTokens);
  }

  async #receive(
    stream: BetaMessageStream,
    startedAt: number,
  ): Promise<{ readonly reply: BetaMessage } | Broken> {
    let begun: BetaMessage | undefined;
    stream.on("streamEvent", (_event, snapshot) => {
      begun = snapshot;
    });
    const { spent } = this.#setting;
    try {
      const reply = await stream.finalMessage();
      // A stream without its last events leaves a reply without a reason to stop.
      const isCut = reply.stop_reason === null;
      this.#charge(reply, { isCut, startedAt });
      if (isCut) {
        return { error: new Error("the stream was cut"), hasBegun: true };
      }
      spent.turn();
      this.#promptTokens = tokensOf(reply);
      return { reply };
    } catch (error) {
      // The provider charges for a stream that had begun, and not for a refused request.
      if (begun !== undefined) this.#charge(begun, { isCut: true, startedAt });
      return { error, hasBegun: begun !== undefined };
    }
  }

  /** The length of a reply comes with its end, so an interrupted one is charged as the longest. */
  #charge(
    { usage }: BetaMessage,
    { isCut, startedAt }: { readonly isCut: boolean; readonly startedAt: number },
  ): void {
    const { task, spent } = this.#setting;
    const outputTokens = isCut ? task.maximumTokens : usage.output_tokens;
    spent.charge({ ...countsOf(usage), outputTokens }, performance.now() - startedAt);
  }

  /** Repeats the request: a model call has no side effect, so that is safe. */
  #afterBrokenStream(runner: Runner, broken: Broken): End<Answer> | undefined {
    const { task, maximumRetries } = this.#setting;
    if (task.signal?.aborted) return stop({ kind: "stopped" });
    this.#broken += 1;
    const mayRepeat = isBrokenStream(broken.error, broken.hasBegun);
    if (!mayRepeat || this.#broken > maximumRetries) {
      return this.#refuse(broken.error);
    }
    runner.setMessagesParams((params) => params);
    return undefined;
  }

  async #afterReply(runner: Runner, reply: BetaMessage): Promise<End<Answer> | undefined> {
    const { model } = this.#setting.task;
    if (reply.model !== model && !reply.model.startsWith(`${model}-`)) {
      return stop({ kind: "other-model", asked: model, got: reply.model });
    }
    switch (reply.stop_reason) {
      case "tool_use":
        return await this.#runTools(runner, reply);
      case "pause_turn":
        return undefined;
      case "end_turn":
      case "stop_sequence":
        return this.#nudge(runner, reply);
      case "max_tokens":
        return stop({ kind: "reply-too-long" });
      case "model_context_window_exceeded":
        return stop({ kind: "context-full" });
      case "refusal":
        return stop({ kind: "declined", said: textOf(reply) });
      default:
        return stop({ kind: "unknown", said: String(reply.stop_reason) });
    }
  }

  async #runTools(runner: Runner, reply: BetaMessage): Promise<End<Answer> | undefined> {
    const results = await runner.generateToolResponse();
    const { finish, task } = this.#setting;
    const answer = finish.answer();
    if (answer !== undefined) return { kind: "answered", answer: answer.value };
    const invalid = finish.invalid();
    if (invalid.count >= MAXIMUM_INVALID_ANSWERS) {
      return stop({ kind: "misfit", said: invalid.faults });
    }
    const known = [...task.tools.map(({ name }) => name), FINISH];
    if (results !== null) this.#promptTokens += tokensAtMost(results.content);
    const unknown = callsOf(reply).filter(({ name }) => !known.includes(name));
    if (unknown.length === 0 || results === null || typeof results.content === "string") {
      return undefined;
    }
    // The runner's own answer to an unknown tool does not list the existing ones.
    const ids = new Map(unknown.map(({ id, name }) => [id, name]));
    const content = results.content.map((block) =>
      block.type === "tool_result" && ids.has(block.tool_use_id)
        ? {
            ...block,
            content: `there is no tool ${JSON.stringify(ids.get(block.tool_use_id))}; there are: ${known.join(", ")}`,
          }
        : block,
    );
    this.#promptTokens += tokensAtMost(content);
    runner.pushMessages({ role: "assistant", content: reply.content }, { role: "user", content });
    return undefined;
  }

  /** A reply without a call. An empty one, or a call beside another reason to stop, is not kept in the history. */
  #nudge(runner: Runner, reply: BetaMessage): End<Answer> | undefined {
    this.#nudges += 1;
    if (this.#nudges > MAXIMUM_NUDGES) {
      const said = textOf(reply) || "an empty reply";
      return stop({ kind: "no-answer", said: `it ended without one: ${said}` });
    }
    const keep = textOf(reply).trim() !== "" && callsOf(reply).length === 0;
    if (keep) runner.pushMessages({ role: "assistant", content: reply.content });
    this.#promptTokens += tokensAtMost(NUDGE);
    runner.pushMessages({ role: "user", content: NUDGE });
    return undefined;
  }
}

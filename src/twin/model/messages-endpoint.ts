import type { ServerResponse } from "node:http";
import { replyOfFault, sendFault } from "./faults.ts";
import { promptCache } from "./metering.ts";
import { type Answered, type Call, type Decision, invalid, withLies } from "./model-call.ts";
import { knownModels } from "./models.ts";
import type { Place, Player } from "./player.ts";
import { type ReplyBlock, replyOf, tokensOfBlocks } from "./reply.ts";
import { faultOfRequest, type MessagesRequest } from "./request.ts";
import type { Script, Turn } from "./script.ts";
import {
  eventsOf,
  sendError,
  sendMessage,
  sendRaw,
  sendStream,
  startStream,
  type WireMessage,
} from "./wire.ts";

/** POST /v1/messages: chooses the answer, then sends it as JSON or as a stream. */
export class MessagesEndpoint {
  readonly #script: Script;
  readonly #player: Player;
  readonly #now: () => number;
  readonly #cache = promptCache();
  readonly #models: ReturnType<typeof knownModels>;

  constructor(script: Script, player: Player, now: () => number) {
    this.#script = script;
    this.#player = player;
    this.#now = now;
    this.#models = knownModels(script.models);
  }

  answer(body: MessagesRequest, response: ServerResponse, call: Call): Answered {
    const decision = this.#decide(body, call);
    const said = { model: body.model, body };
    if (decision.kind === "refuse") {
      const { status, type, message, place } = decision;
      sendError(response, { status, type, message, requestId: call.requestId });
      return { ...said, status, error: message, place };
    }
    if (decision.kind === "raw") {
      return { ...said, status: sendRaw(response, decision.turn), place: decision.place };
    }
    const { place, message } = decision;
    const usage = decision.kind === "reply" ? decision.metered : message?.usage;
    if (decision.kind === "fault") {
      const { turn } = decision;
      const { requestId } = call;
      const status = sendFault(response, { turn, stream: body.stream, requestId, message });
      return { ...said, status, place, usage, error: `fault ${turn.fault}` };
    }
    if (body.stream) {
      startStream(response, call.requestId);
      sendStream(response, eventsOf(decision.message));
    } else sendMessage(response, decision.message);
    return { ...said, status: 200, place, usage };
  }

  #decide(body: MessagesRequest, call: Call): Decision {
    if (!this.#models.has(body.model)) {
      return {
        kind: "refuse",
        status: 404,
        type: "not_found_error",
        message: `model: ${body.model}`,
      };
    }
    const fault = faultOfRequest(body);
    if (fault !== undefined) return invalid(fault);
    const played = this.#player.play(body, call.isRetry);
    if (played.kind === "lost") return invalid(played.message);
    return this.#perform(played, body, call);
  }

  #perform(
    { place, turn }: { readonly place: Place; readonly turn: Turn },
    body: MessagesRequest,
    call: Call,
  ): Decision {
    if ("fault" in turn) {
      const reply = replyOfFault(turn.fault, body, call.serial);
      const model = turn.fault === "other-model" ? "claude-another-model" : body.model;
      const message = reply && this.#messageOf(reply, { ...body, model }, call);
      return { kind: "fault", place, turn, message };
    }
    if ("raw" in turn) return { kind: "raw", place, turn };
    const reply = replyOf(turn, body, call.serial);
    if ("fault" in reply) {
      const where = `role "${place.role}", session ${place.session}, turn ${place.turn}`;
      return invalid(
        `the script ${this.#script.file} cannot go on: ${where}: ${reply.fault}`,
        place,
      );
    }
    const message = this.#messageOf(reply, body, call);
    const told = withLies(message, turn.lies);
    return { kind: "reply", place, message: told, metered: message.usage };
  }

  #messageOf(
    reply: { readonly content: readonly ReplyBlock[]; readonly stopReason: string },
    body: MessagesRequest,
    call: Call,
  ): WireMessage {
    const output_tokens = tokensOfBlocks(reply.content);
    return {
      id: `msg_twin_${call.serial}`,
      type: "message",
      role: "assistant",
      model: body.model,
      content: reply.content,
      stop_reason: reply.stopReason,
      stop_sequence: null,
      usage: { ...this.#cache.charge(body, this.#now()), output_tokens },
    };
  }
}

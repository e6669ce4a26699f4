import type { Metered } from "./metering.ts";
import type { Place } from "./player.ts";
import type { MessagesRequest } from "./request.ts";
import type { FaultTurn, Lies, RawTurn } from "./script.ts";
import type { WireMessage } from "./wire.ts";

/** One request to the endpoint and its result. */
export interface ModelRequest {
  readonly serial: number;
  readonly place: Place | undefined;
  readonly model: string;
  /** The sent HTTP status; 0 if the connection was dropped. */
  readonly status: number;
  readonly usage: Metered | undefined;
  /** Message of an error or a fault. */
  readonly error: string | undefined;
  readonly body: MessagesRequest | undefined;
}

export type Answered = Pick<ModelRequest, "status"> &
  Partial<Omit<ModelRequest, "serial" | "status">>;

export interface Call {
  readonly serial: number;
  readonly requestId: string;
  readonly isRetry: boolean;
}

export type Decision =
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly type: string;
      readonly message: string;
      readonly place?: Place;
    }
  | {
      readonly kind: "reply";
      readonly place: Place;
      readonly message: WireMessage;
      /** The metered usage, whatever the message says. */
      readonly metered: Metered;
    }
  | {
      readonly kind: "fault";
      readonly place: Place;
      readonly turn: FaultTurn;
      readonly message: WireMessage | undefined;
    }
  | { readonly kind: "raw"; readonly place: Place; readonly turn: RawTurn };

/** The message with the script's false statements; without any, the same. */
export function withLies(message: WireMessage, lies: Lies | undefined): WireMessage {
  if (lies === undefined) return message;
  const usage = { ...message.usage, ...lies.usage } as WireMessage["usage"];
  return { ...message, model: lies.model ?? message.model, usage };
}

export function invalid(message: string, place?: Place): Decision {
  const refusal = { kind: "refuse", status: 400, type: "invalid_request_error", message } as const;
  return place === undefined ? refusal : { ...refusal, place };
}

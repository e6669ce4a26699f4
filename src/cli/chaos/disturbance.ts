import type { Fault } from "../../twin/github/faults/faults.ts";
import type { Boundary } from "../in-process/job.ts";

/** The one thing that goes wrong in a life. Ordinals begin with 1 and count what the undisturbed life has. */
export type Disturbance =
  | { readonly kind: "none" }
  | { readonly kind: "request"; readonly fault: Fault }
  /** A job ends at its own beginning, behind its first step, or after its last one and before anybody hears of it. */
  | {
      readonly kind: "job";
      readonly job: number;
      readonly at: Boundary;
      readonly reach: "job" | "run";
    }
  /** An event that starts a run comes twice, twice at once, after the next one, or never. */
  | {
      readonly kind: "webhook";
      readonly event: number;
      readonly how: "twice" | "twice-at-once" | "late" | "lost";
    }
  | { readonly kind: "heartbeats-at-once" }
  /** Control's clock against GitHub's. */
  | { readonly kind: "clock-skew"; readonly ms: number }
  /** What was created is missing in lists for so long. */
  | { readonly kind: "lists-lag"; readonly ms: number };

const WHERE: Readonly<Record<Boundary, string>> = {
  begins: "where it begins",
  between: "between two steps",
  ends: "where it ends",
};

/** As in "request 12, answer-lost". */
export function sayDisturbance(one: Disturbance): string {
  switch (one.kind) {
    case "none":
      return "nothing";
    case "request":
      return `request ${one.fault.request}, ${one.fault.kind}`;
    case "job":
      return `job ${one.job}, its ${one.reach} killed ${WHERE[one.at]}`;
    case "webhook":
      return `event ${one.event}, ${one.how}`;
    case "heartbeats-at-once":
      return "two heartbeats at once";
    case "clock-skew":
      return `control's clock ${one.ms / 1_000} s off`;
    case "lists-lag":
      return `lists lag ${one.ms / 1_000} s`;
  }
}

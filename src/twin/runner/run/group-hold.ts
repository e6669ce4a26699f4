import type { Scope } from "../workflow/expression-functions.ts";
import { isTruthy } from "../workflow/expressions.ts";
import { at, isTemplateMapping, type Template } from "../workflow/template.ts";
import type { Cancellation } from "./cancellation.ts";
import type { RunState } from "./run-state.ts";

/** A held concurrency group, or the reason why it is not held. */
export interface GroupHold {
  readonly granted: boolean;
  /** Groups held by this and everything around it, in lower case. */
  readonly held: readonly string[];
  release(): void;
}

export interface GroupOwner {
  readonly run: RunState;
  /** Asked to stop when a newer request wants the group. */
  readonly cancellation: Cancellation;
  readonly held: readonly string[];
  /** Who wants it, in messages. */
  readonly name: string;
}

/** Waits for the group in a `concurrency` key; without the key there is nothing to wait for. */
export async function holdGroup(
  concurrency: Template | undefined,
  scope: Scope,
  owner: GroupOwner,
): Promise<GroupHold> {
  const { machine, record } = owner.run;
  const group = groupName(concurrency, scope, owner);
  if (group === "") {
    return { granted: true, held: owner.held, release: () => undefined };
  }
  const key = group.toLowerCase();
  if (owner.held.includes(key)) {
    owner.cancellation.request(
      `Canceling since a deadlock was detected for concurrency group: '${group}' between a top level workflow and '${owner.name}'`,
    );
    return { granted: false, held: owner.held, release: () => undefined };
  }
  const ticket = machine.groups.request({
    repository: record.repository,
    group,
    cancelInProgress: flag(at(concurrency, "cancel-in-progress"), scope, owner),
    queue: at(concurrency, "queue") === "max" ? "max" : "single",
    cancel: (reason) => owner.cancellation.request(reason),
  });
  let waiting: (() => void) | undefined = ticket.release;
  const unlisten = owner.cancellation.listen(() => {
    // Only a waiting one gives up its place here; a holder keeps it until its work has really ended.
    waiting?.();
  });
  const granted = await ticket.granted;
  waiting = undefined;
  return {
    granted: granted && owner.cancellation.reason === undefined,
    held: [...owner.held, key],
    release() {
      unlisten();
      ticket.release();
    },
  };
}

function groupName(concurrency: Template | undefined, scope: Scope, owner: GroupOwner): string {
  const template = isTemplateMapping(concurrency) ? concurrency.get("group") : concurrency;
  return template === undefined ? "" : owner.run.machine.expressions.text(template, scope);
}

function flag(template: Template | undefined, scope: Scope, owner: GroupOwner): boolean {
  const { expressions } = owner.run.machine;
  return template !== undefined && isTruthy(expressions.value(template, scope));
}

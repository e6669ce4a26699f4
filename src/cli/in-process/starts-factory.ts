import type { TwinEvent } from "../../twin/github/twin-github.ts";

export const FACTORY = "factory.yml";

/** The `if` of the template's one job, for the events that a line meets; the clock's strokes are who plays it's to say. */
export function startsFactory(event: TwinEvent): boolean {
  if (event.startsRuns !== "yes") return false;
  const payload = event.payload as {
    readonly label?: { readonly name: string };
    readonly comment?: { readonly body: string };
    readonly pull_request?: { readonly merged: boolean; readonly head: { readonly ref: string } };
    readonly review?: { readonly state: string; readonly body: string };
  };
  const commands = (said: { readonly body: string } | undefined) =>
    said?.body.startsWith("/factory") === true;
  const isOwn = payload.pull_request?.head.ref.startsWith("factory/") === true;
  switch (event.name) {
    case "issues":
      return event.action === "labeled" && payload.label?.name.startsWith("factory:") === true;
    case "issue_comment":
      return event.action === "created" && commands(payload.comment);
    case "pull_request":
      if (event.action === "labeled") return payload.label?.name.startsWith("factory:") === true;
      return event.action === "closed" && isOwn && payload.pull_request?.merged === true;
    case "pull_request_review":
    case "pull_request_review_comment": {
      const asks = payload.review?.state === "changes_requested";
      return isOwn && (asks || commands(payload.review) || commands(payload.comment));
    }
    case "workflow_dispatch":
      return event.workflow === FACTORY;
    default:
      return false;
  }
}

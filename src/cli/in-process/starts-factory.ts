import type { TwinEvent } from "../../twin/github/twin-github.ts";

export const FACTORY = "factory.yml";

/** The `if` of the template's one job, for the events that a line meets; the clock's strokes are who plays it's to say. */
export function startsFactory(event: TwinEvent): boolean {
  if (event.startsRuns !== "yes") return false;
  const payload = event.payload as {
    readonly label?: { readonly name: string };
    readonly issue?: { readonly pull_request?: unknown };
    readonly comment?: { readonly body: string };
    readonly pull_request?: { readonly merged: boolean; readonly head: { readonly ref: string } };
  };
  switch (event.name) {
    case "issues":
      return event.action === "labeled" && payload.label?.name.startsWith("factory:") === true;
    case "issue_comment": {
      const commands = payload.comment?.body.startsWith("/factory") === true;
      return event.action === "created" && commands && !payload.issue?.pull_request;
    }
    case "pull_request": {
      const { merged, head } = payload.pull_request ?? {};
      const own = head?.ref.startsWith("factory/") === true;
      return event.action === "closed" && own && merged === true;
    }
    case "workflow_dispatch":
      return event.workflow === FACTORY;
    default:
      return false;
  }
}

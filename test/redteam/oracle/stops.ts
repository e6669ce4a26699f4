import { type Invariant, landed, type Observation, type SeenRequest } from "../observation.ts";
import { ledgerLinesOf } from "./own-ledger.ts";

/** Who of the cast stops the line, by what the config asks for: an app's label and the factory's own count always. */
const STOPPING: Readonly<Record<string, readonly string[]>> = {
  write: ["OWNER", "writer", "helper[bot]"],
  triage: ["OWNER", "writer", "helper[bot]", "sorter"],
};

/** I7: the line stops for those who may stop it, and goes on for everybody else (threats GOV-03). */
export const stopsAreARight: Invariant = (seen) => {
  const raised = seen.requests.filter((request) => raises(request, seen));
  const byRight = raised.some(
    ({ caller }) => caller.kind !== "person" || mayStop(caller.login, seen),
  );
  if (raised.length === 0 || byRight) return [];
  return seen.issues
    .filter(({ comments }) => isStopped(comments))
    .map(({ number }) =>
      landed("I7", `issue ${number} was stopped by an andon of somebody who may not stop the line`),
    );
};

function mayStop(login: string, { config }: Observation): boolean {
  return STOPPING[config.andonFrom]?.includes(login) ?? true;
}

function raises({ method, path, body }: SeenRequest, { config }: Observation): boolean {
  const isLabelling =
    /\/issues\/\d+(\/labels)?$/.test(path) && method !== "GET" && method !== "DELETE";
  return isLabelling && body.toLowerCase().includes(`"${config.prefix}andon"`.toLowerCase());
}

/** The last line of the ledger says that the andon refused. */
function isStopped(comments: Parameters<typeof ledgerLinesOf>[0]): boolean {
  return ledgerLinesOf(comments)?.at(-1)?.event.refusal?.code === "andon-raised";
}

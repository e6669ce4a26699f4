import type { Refusal } from "../../domain/refusal.ts";
import { sayRefusal } from "../refusals.ts";
import { boundBody } from "../safe-text.ts";
import type { FiledIssue } from "./quality-gap.ts";

const MARKER = "Fingerprint: `millwright:alerts-unread`";

/** The issue that says that a source of alerts cannot be asked: by its last line it is found again, so that there is one. */
export function renderUnread(refusals: readonly Refusal[]): FiledIssue {
  const lines = [
    "The heartbeat could not ask the source of alerts that `incidents.sentry` of the config names. Until it can, an error that nobody sends is not heard of, and no alert is called resolved.",
    "",
    ...refusals.map((one) => `- ${sayRefusal(one)}`),
    "",
    "Close this issue once it is mended; should it go on, the next beat opens another one.",
    "",
    MARKER,
  ];
  return { marker: MARKER, title: "Alerts cannot be asked for", body: boundBody(lines.join("\n")) };
}

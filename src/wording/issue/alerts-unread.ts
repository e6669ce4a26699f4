import type { Refusal } from "../../domain/refusal.ts";
import { sayRefusal } from "../refusals.ts";
import { boundBody } from "../safe-text.ts";
import type { FiledIssue } from "./quality-gap.ts";

const MARKER = "Fingerprint: `millwright:alerts-unread`";

/** The issue that says that a source of alerts cannot be asked: by its last line it is found again, so that there is one. */
export function renderUnread(refusals: readonly Refusal[]): FiledIssue {
  const lines = [
    "The heartbeat could not ask the source of alerts in `incidents.sentry` of the config. Until it can, the factory misses errors that nobody sends, and calls no alert resolved.",
    "",
    ...refusals.map((one) => `- ${sayRefusal(one)}`),
    "",
    "Close this issue once this is fixed. If it fails again, the next heartbeat opens another one.",
    "",
    MARKER,
  ];
  return { marker: MARKER, title: "Alerts cannot be asked for", body: boundBody(lines.join("\n")) };
}

import { canonicalJson } from "../../domain/digest.ts";
import { Pulse, severityOf } from "../../domain/incident/pulse.ts";
import { counted } from "../figures.ts";
import { safeText } from "../safe-text.ts";
import { inAscii } from "./machine-lines.ts";

/** First line of the comment that counts an incident. */
export const PULSE_MARKER = "### Millwright · incident";

const FENCE = "```json";
const FENCE_END = "```";
const SHOWN_RELEASES = 5;

/** How often an incident was seen: figures for people, and one line for the next run in a visible fold. */
export function renderPulse(pulse: Pulse): string {
  const { count, first, last, releases, reported, resolved, returns } = pulse;
  const shown = releases.slice(-SHOWN_RELEASES).map((release) => safeText(release));
  return [
    PULSE_MARKER,
    "",
    `Seen at least **${counted(count, "time")}**, first ${sayTime(first)}, last ${sayTime(last)}. Severity by rate: **${severityOf(pulse)}**.`,
    "",
    ...(reported === undefined ? [] : [`The source itself counts ${reported}.`, ""]),
    ...(shown.length === 0
      ? []
      : [`Releases that showed it, the latest last: ${shown.join(", ")}.`, ""]),
    ...returns
      .slice(-1)
      .flatMap((at) => [
        `**It came back** ${sayTime(at)}, after it had been closed or mended${returns.length > 1 ? `, ${counted(returns.length, "time")} by now` : ""}. If a change of the factory did not fix it, the ledger of this issue names the change. To have the issue worked on again, put the queued label on it.`,
        "",
      ]),
    ...(resolved === undefined
      ? []
      : [`**Resolved** ${sayTime(resolved)}: not seen for long since its fix was live.`, ""]),
    "Edited at most once a minute. Alerts in between are not counted, so the count is a lower bound.",
    "",
    "<details><summary>Machine-readable state</summary>",
    "",
    FENCE,
    inAscii(canonicalJson(pulse)),
    FENCE_END,
    "",
    "</details>",
    "",
  ].join("\n");
}

/** The comment's state; undefined if somebody changed it, and then counting begins again. */
export function parsePulse(body: string): Pulse | undefined {
  const lines = body.replaceAll("\r\n", "\n").split("\n");
  const at = lines.lastIndexOf(FENCE);
  const line = lines[at + 1];
  if (at < 0 || line === undefined || lines[at + 2] !== FENCE_END) return undefined;
  try {
    return Pulse.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function sayTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

import { boundBody, safeText } from "./safe-text.ts";

export interface GateLine {
  readonly name: string;
  readonly ok: boolean;
  /** Why, in one sentence. */
  readonly sentence: string;
}

/** GitHub's bound on the summary of a check run: one less than on a body. */
const CHECK_CHARACTERS = 65_535;

/** The gate as a checklist: what is missing first, then what is fine. */
export function renderGate(lines: readonly GateLine[]): string {
  const open = lines.filter(({ ok }) => !ok);
  const head =
    open.length === 0
      ? `All ${lines.length} conditions are met.`
      : `${open.length} of ${lines.length} conditions ${open.length === 1 ? "is" : "are"} not met.`;
  const items = [...open, ...lines.filter(({ ok }) => ok)].map(renderLine);
  return boundBody([head, "", ...items].join("\n"), { characters: CHECK_CHARACTERS });
}

function renderLine({ name, ok, sentence }: GateLine): string {
  return `- [${ok ? "x" : " "}] **${safeText(name)}** ${safeText(sentence)}`;
}

import { typed } from "./commands.ts";
import type { Wording } from "./wording.ts";

/** What a refusal of a loop says. */
export const LOOP_WORDINGS = {
  "loop-invalid": {
    says: "A loop file is invalid",
    advice:
      "correct it on the default branch: `millwright loop lint` names each fault with its line",
  },
  "loop-stopped": {
    says: "A guard of this loop got worse, so the loop is stopped",
    advice: `read its issue, then comment ${typed("resume")} there. The loop continues at its next time`,
  },
} as const satisfies Readonly<Record<string, Wording>>;

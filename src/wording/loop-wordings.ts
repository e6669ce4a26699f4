import { typed } from "./commands.ts";
import type { Wording } from "./wording.ts";

/** What a refusal of a loop says. */
export const LOOP_WORDINGS = {
  "judgement-untied": {
    says: "A word of a loop's judge is tied to nothing that is there and was not taken",
    advice:
      "nothing: the item is judged again at the next run; sharpen the instruction of the loop where this returns",
  },
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

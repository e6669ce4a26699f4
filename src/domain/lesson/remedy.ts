import { z } from "zod";
import type { MistakeCause } from "./mistake.ts";

/** Measures that may prevent a mistake; a lesson is only one of them. */
export const REMEDIES = [
  "regression-test",
  "lint-rule",
  "agents-line",
  "skill",
  "contract-rule",
  "reviewer-example",
  "config-change",
] as const;
export const Remedy = z.enum(REMEDIES);
export type Remedy = z.infer<typeof Remedy>;

/** Null: no lesson helps, so a person has to look. */
const TABLE = {
  "check-red": "agents-line",
  "test-red": "agents-line",
  "own-check-red": "config-change",
  "criterion-unproven": "contract-rule",
  "tests-prove-nothing": "agents-line",
  "out-of-bounds": "agents-line",
  "too-large": "contract-rule",
  "change-invalid": null,
  "nothing-produced": "contract-rule",
  "secret-in-change": "agents-line",
  dependencies: "agents-line",
  "review-finding": "lint-rule",
  "person-asked": "skill",
  "person-pushed": "reviewer-example",
  "contract-edited": "contract-rule",
  "base-conflict": null,
  "broke-production": "regression-test",
  "escaped-defect": "regression-test",
  "ran-dry": "config-change",
  "model-failed": null,
  "worker-failed": null,
  "set-up": null,
  platform: null,
  unknown: null,
} as const satisfies Record<MistakeCause, Remedy | null>;

export function remedyFor(cause: MistakeCause): Remedy | undefined {
  return TABLE[cause] ?? undefined;
}

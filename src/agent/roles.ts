import { architect } from "./roles/architect/prompt.ts";
import { auditor } from "./roles/auditor/prompt.ts";
import { coder } from "./roles/coder/prompt.ts";
import { intake } from "./roles/intake/prompt.ts";
import { judge } from "./roles/judge/prompt.ts";
import { reviewer } from "./roles/reviewer/prompt.ts";
import { tester } from "./roles/tester/prompt.ts";

/**
 * A role of a model. Its folder in `roles/` has its words (`prompt.md`, from which `prompt.ts` is generated), its task
 * (`task.ts`) and its answer (`answer.ts`).
 */
export const ROLES = { architect, auditor, coder, intake, judge, reviewer, tester } as const;
export type Role = keyof typeof ROLES;

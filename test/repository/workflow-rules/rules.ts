import { AUTHORITY_RULES } from "./authority.ts";
import { COMMAND_RULES } from "./commands.ts";
import { CONDITION_RULES } from "./conditions.ts";
import { REFERENCE_RULES } from "./references.ts";
import type { Rule } from "./rule.ts";
import { SECRET_RULES } from "./secrets.ts";
import { TRIGGER_RULES } from "./triggers.ts";

/** Every static rule over the files that this project ships or runs. */
export const RULES: readonly Rule[] = [
  ...REFERENCE_RULES,
  ...COMMAND_RULES,
  ...TRIGGER_RULES,
  ...AUTHORITY_RULES,
  ...SECRET_RULES,
  ...CONDITION_RULES,
];

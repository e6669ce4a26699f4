import { COMMAND } from "./command.ts";
import { GATE_RULE } from "./gate-rule.ts";
import { MODEL_PROVIDER } from "./model-provider.ts";
import { REPORT_FORMAT } from "./report-format.ts";
import { WORKER } from "./worker.ts";

/** The additions that AGENTS.md says how to make, each as a scripted change. */
export const ADDITIONS = [COMMAND, GATE_RULE, WORKER, REPORT_FORMAT, MODEL_PROVIDER];

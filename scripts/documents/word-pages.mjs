// References of the closed vocabularies: labels and stages, commands, refusals, the contract. All from src/domain and src/wording.

import { GATE } from "../../src/control/gate/gate.ts";
import { Config } from "../../src/domain/config/schema.ts";
import { isAlarm, isFailure, REFUSAL_CODES } from "../../src/domain/refusal.ts";
import { STRAIGHT_WAY, TRANSITIONS } from "../../src/domain/stage.ts";
import { HOLDS } from "../../src/wording/checks/gate-sentences.ts";
import { allLabels } from "../../src/wording/labels.ts";
import { sayRefusal } from "../../src/wording/refusals.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

const PREFIX = Config.parse({}).prefix;

/** docs/reference/labels.md */
export function labelsPage() {
  const labels = allLabels(PREFIX);
  const commands = labels.map(
    ({ name, color, description }) =>
      `gh label create '${name}' --force --color ${color} --description '${description}'`,
  );
  return page(
    "# Labels and stages",
    `An issue has exactly one stage label. Labels show where an issue stands, but the ledger on the issue is what counts. If somebody else changes a label, the next \`/factory status\` corrects it. People set two labels: \`${PREFIX}queued\` starts an issue, and \`${PREFIX}andon\` on any open issue stops every one of them.`,
    "## All of them, in one paste",
    "GitHub creates a missing label when the factory sets it, without color and description. This creates all of them, and repairs existing ones:",
    `\`\`\`sh\n${commands.join("\n")}\n\`\`\``,
    `People set the priority labels, by hand or with \`/factory priority N\`, and the schedule reads them. If your config has another \`prefix\`, use that in place of \`${PREFIX}\`.`,
    "## From stage to stage",
    `The direct path: ${STRAIGHT_WAY.map(code).join(" → ")}. Other steps are refused, and the refusal names the possible ones.`,
    table(
      ["from", "to", "caused by", "when"],
      TRANSITIONS.map(({ from, to, by, when }) => [code(from), code(to), by.join(" or "), when]),
    ),
    generatedFrom("src/wording/labels.ts", "src/domain/stage.ts"),
  );
}

/** docs/reference/refusals.md */
export function refusalsPage() {
  const rows = [...REFUSAL_CODES].sort().map((name) => {
    const refusal = { code: name, subject: "" };
    const run = isAlarm(refusal) ? "red, and the andon is raised" : isFailure(refusal) ? "red" : "";
    const [says, advice] = sayRefusal(refusal).split(" Next: ");
    return [code(name), says, advice, run];
  });
  return page(
    "# Refusals",
    "If the factory does not continue, it says so in one sentence: what was refused, what was found, what would be accepted, and what to do next. This list is complete. A refusal may name a more exact next step than this page.",
    "*The run ends red* means that a job could not do its work. If a job decides against something, its run stays green.",
    table(["code", "it says", "what to do if it does not say", "the run"], rows),
    generatedFrom(
      "src/domain/refusal.ts",
      "src/wording/refusal-wordings.ts",
      "src/wording/hints.ts",
    ),
  );
}

/** docs/reference/gate.md */
export function gatePage() {
  return page(
    "# The gate",
    "`settle` asks these questions before it publishes anything, in this order. All rules must hold. Every pull request and its check run show the same list, with the results. If a rule does not hold, the change goes back for another attempt, or a person is asked ([evidence](../explanation/evidence.md)).",
    table(
      ["rule", "what holds"],
      GATE.map(({ name }) => [name, HOLDS[name]]),
    ),
    "The gate decides whether a change is sound. For who merges it, see [trust](../explanation/trust.md).",
    generatedFrom("src/control/gate/gate.ts", "src/wording/checks/gate-sentences.ts"),
  );
}

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
    `An issue carries exactly one stage label. Labels show where an issue stands; the ledger on the issue is what counts, and a label that somebody else changed is put right at the next \`/factory status\`. Two labels are a person's to give: \`${PREFIX}queued\` starts an issue, \`${PREFIX}andon\` on any open issue stops every one of them.`,
    "## All of them, in one paste",
    "GitHub makes a missing label by itself when a token that may do so sets it, without colour and description. This makes them all, and repairs those that are there:",
    `\`\`\`sh\n${commands.join("\n")}\n\`\`\``,
    `People put the priority labels on, by hand or by \`/factory priority N\`; the schedule reads them. With another \`prefix\` in the config, write that in place of \`${PREFIX}\`.`,
    "## From stage to stage",
    `The straight way: ${STRAIGHT_WAY.map(code).join(" → ")}. What this table does not list is refused, and the refusal names the steps that are open.`,
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
    "Where the factory does not go on it says so in one sentence: what was refused, what was found, what would have been accepted, what to do next. The list is closed. A refusal may name a next step of its own, which then stands in place of the one here.",
    "*The run ends red* where a job could not do its work, rather than decided against something: a green run that did nothing is the complaint that such tools hear most.",
    table(["code", "it says", "what to do when it does not say", "the run"], rows),
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
    "What `settle` asks before it publishes anything, in this order. All of it must hold. The same list, with what was found, stands on every pull request and in its check run. Where a rule does not hold, the change goes back for another attempt or a person is asked ([evidence](../explanation/evidence.md)).",
    table(
      ["rule", "what holds"],
      GATE.map(({ name }) => [name, HOLDS[name]]),
    ),
    "The gate says whether a change is sound. Who merges it is a question of [trust](../explanation/trust.md).",
    generatedFrom("src/control/gate/gate.ts", "src/wording/checks/gate-sentences.ts"),
  );
}

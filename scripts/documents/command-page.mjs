// docs/reference/commands.md: what a person can write in a comment. A command of the code without a meaning here stops the page.
import { COMMAND_LIST, COMMANDS, readCommand } from "../../src/control/observed/command.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

const DIGEST = "0".repeat(64);

/** Each form as it is typed, what it does and where it holds; `example` must be read by the real reader. */
const FORMS = [
  {
    form: "/factory approve",
    example: "/factory approve",
    reads: "approve",
    does: "Approves the contract as it stood when the comment was written, and starts an attempt. A contract that was written again needs another approval.",
    at: ["proposed", "ready"],
  },
  {
    form: "/factory approve lockfile DIGEST",
    example: `/factory approve lockfile ${DIGEST}`,
    reads: "approve-lockfile",
    does: "Approves exactly the dependency files that an attempt was refused for; the refusal shows the digest.",
    at: ["needs-human"],
  },
  {
    form: "/factory rework: TEXT",
    example: "/factory rework: keep the old name",
    reads: "rework",
    does: "Before an attempt: the contract is made anew with your remark. After one: the next attempt gets it as a finding. Close an open pull request first.",
    at: ["proposed", "ready", "gating", "needs-human"],
  },
  {
    form: "/factory retry",
    example: "/factory retry",
    reads: "retry",
    does: "Goes on from where the issue stands: reads it again, makes the next attempt under the approved contract, or repeats the smoke test after a merge.",
    at: ["queued", "needs-info", "proposed", "ready", "smoking", "needs-human", "blocked"],
  },
  {
    form: "/factory resume",
    example: "/factory resume",
    reads: "resume",
    does: "The same as `retry`, in the words of somebody who has just lowered the andon.",
    at: ["queued", "needs-info", "proposed", "ready", "smoking", "needs-human", "blocked"],
  },
  {
    form: "/factory stop",
    example: "/factory stop",
    reads: "stop",
    does: "Stops this issue. It holds from the moment it was written: a run under way finds that it may not publish.",
    at: ["queued", "needs-info", "proposed", "ready", "building", "gating", "smoking"],
  },
  {
    form: "/factory status",
    example: "/factory status",
    reads: "status",
    does: "Writes the ledger again and puts the labels right.",
    at: ["any"],
  },
];

/** docs/reference/commands.md */
export function commandsPage() {
  refuseWhatIsNotRead();
  return page(
    "# Commands",
    "A person with write access writes a command as a comment **on the issue**: on the first line, at its very beginning, nothing before it. A comment that was edited commands nothing, so correct a command by a new comment. Bots command nothing. The permission is asked of GitHub at that moment and again when it is used.",
    table(
      ["command", "what it does", "at the stages"],
      FORMS.map(({ form, does, at }) => [code(form), does, at.map(code).join(", ")]),
    ),
    "Anything else that begins with `/factory` is answered with this list. The label `factory:queued` is a command too: it starts the issue. To stop **all** issues put `factory:andon` on any open one ([how](../how-to/stop-the-line.md)).",
    "`/factory rework` takes its text from the same line or from the lines below it.",
    generatedFrom("src/control/observed/command.ts", "scripts/documents/command-page.mjs"),
  );
}

/** The forms above are those of the code: each is read as what it says, and none of the code is left out. */
function refuseWhatIsNotRead() {
  for (const { example, reads } of FORMS) {
    if (readCommand(example)?.name !== reads) throw new Error(`${example} is not read as ${reads}`);
  }
  const told = FORMS.map(({ reads }) => reads);
  const untold = COMMANDS.filter((name) => !told.includes(name));
  if (untold.length > 0) throw new Error(`commands without a meaning: ${untold.join(", ")}`);
  const listed = COMMAND_LIST.match(/`\/factory/g)?.length;
  if (listed !== FORMS.length)
    throw new Error(`${listed} commands are listed to people, ${FORMS.length} here`);
}

// docs/reference/commands.md: commands in comments, from the table of commands and its wording.
import { STAGES } from "../../src/domain/stage.ts";
import { commandRows } from "../../src/wording/commands.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

/** docs/reference/commands.md */
export function commandsPage() {
  return page(
    "# Commands",
    "A person with write access writes a command as a comment **on the issue**, or on the pull request if the last column says so. The command is the beginning of the first line. The factory ignores edited comments, so correct a command with a new comment. It ignores bots, too. It asks GitHub for the person's permission at that moment, and again when it uses it.",
    table(
      ["command", "what it does", "at the stages"],
      commandRows().map(({ form, does, at }) => [code(form), does, sayStages(at)]),
    ),
    "The factory answers any other comment that begins with `/factory` with this list. The label `factory:queued` is a command, too: it starts the issue. To stop **all** issues, put `factory:andon` on any open one ([how](../how-to/stop-the-line.md)).",
    "`/factory rework` takes its text from the same line, or from the lines below.",
    generatedFrom("src/domain/command.ts", "src/wording/commands.ts"),
  );
}

/** Somebody else's pull request has no stage. */
function sayStages(at) {
  if (at.length === 0) return "on a pull request";
  return at.length === STAGES.length ? code("any") : at.map(code).join(", ");
}

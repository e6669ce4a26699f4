import type { Addition } from "./addition.ts";

export const COMMAND: Addition = {
  what: "a command",
  edits: [
    {
      file: "src/domain/command.ts",
      find: `  status: { words: "status", takes: "nothing", at: STAGES, obeyedBy: "route" },`,
      replace: `  status: { words: "status", takes: "nothing", at: STAGES, obeyedBy: "route" },
  greet: { words: "greet", takes: "text", at: STAGES, obeyedBy: "route" },`,
    },
    {
      file: "src/wording/commands.ts",
      find: `  status: { ...BARE, does: "Writes the ledger again and corrects the labels." },`,
      replace: `  status: { ...BARE, does: "Writes the ledger again and corrects the labels." },
  greet: { argument: " NAME", short: " …", does: "Greets somebody." },`,
    },
    {
      file: "src/control/tasks/route/route.ts",
      find: `    case "status":
      return status(view);`,
      replace: `    case "status":
    case "greet":
      return status(view);`,
    },
  ],
  proof: `
    import { readCommand } from "./src/control/observed/command.ts";
    import { commandRows } from "./src/wording/commands.ts";
    export const shown = [readCommand("/factory greet Ada"), commandRows().find(({ form }) => form.includes("greet"))?.form];
  `,
  expected: [{ name: "greet", text: "Ada" }, "/factory greet NAME"],
};

import type { Twin } from "../../twin/shape.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import type { DemoModel } from "../shared/choose-model.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import { type Isolation, PREFIX, REPOSITORY } from "./raise-twin.ts";

/** The first lines of a demo: what plays the model, what isolates commands, where everything is. */
export function sayPlaces(
  progress: Progress,
  places: {
    readonly model: DemoModel;
    readonly isolation: Isolation;
    readonly twin: Twin;
    readonly title: string;
    readonly terminal: Terminal;
  },
): void {
  const { model, isolation, twin, title, terminal } = places;
  progress.heading("Millwright: from a label to a merged, smoke-tested change");
  progress.fact(
    "model",
    model.scripted
      ? terminal.style("yellow", "played from a script; set ANTHROPIC_API_KEY to ask the real one")
      : "the real one, with your ANTHROPIC_API_KEY",
  );
  if (isolation.kind === "bubblewrap") progress.fact("sandbox", "bubblewrap");
  else {
    progress.fact(
      "sandbox",
      terminal.style("red", "NONE: our own example and script run without isolation here"),
    );
    progress.fact("", terminal.style("dim", sayRefusal(isolation.because)));
  }
  progress.fact("GitHub", `a twin at ${twin.github.url}, gone when this ends`);
  progress.fact("repository", `${REPOSITORY}, a small rate service with its own tests`);
  progress.fact("issue", `“${title}”, labelled ${PREFIX}queued`);
  terminal.line();
}

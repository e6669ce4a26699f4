import type { Stage } from "../../domain/stage.ts";

/** Who does what next where an issue stands, as a sentence. A stage without one does not compile. */
export const WHO_IS_NEXT: Readonly<Record<Stage, string>> = {
  queued: "The factory is next: it reads the issue.",
  ready: "The factory is next: it begins an attempt.",
  building: "The factory is at work on an attempt.",
  smoking: "The factory is next: it looks at production.",
  blocked: "It goes on by itself once the andon is lowered.",
  done: "Nothing is left to do.",
  "needs-info": "A person is next: questions are open.",
  proposed: "A person is next: a contract waits for approval.",
  gating: "A person is next: a pull request waits to be merged.",
  "needs-human": "A person is next.",
};

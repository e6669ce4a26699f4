import { typed } from "../commands.ts";
import { REWORK } from "../hints.ts";

/** Who merges a pull request of the factory, and why it is not the factory. */
export type Standing =
  | { readonly by: "factory" }
  | {
      readonly by: "person";
      /** Safe Markdown. */
      readonly reason: string;
    };

/** The first lines of a pull request: why it is not merged yet, and who is next. */
export function renderStanding(standing: Standing): readonly string[] {
  if (standing.by === "factory") {
    return [
      "> **Next:** the factory merges this by itself. Where it is still open a minute later, the issue says why, and who is next.",
      "",
    ];
  }
  return [
    `> **Not merged yet:** a person merges this. ${standing.reason}`,
    `> **Next:** read it and press “Merge pull request”; or ${REWORK} and what should be different. After ${typed("status")} the issue tells how it stands.`,
    "",
  ];
}

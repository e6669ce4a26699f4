import type { ImplementProposal } from "../../domain/proposal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { ModelTool } from "../../ports/model.ts";
import type { LeftOut } from "../../ports/sandbox.ts";

/** Limits of the proposal's schema. */
const MOST = 50;
const LENGTH = 300;

/** For people who read the change: new files that are not part of it. */
export function sayLeftOut(
  leftOut: readonly LeftOut[],
): Pick<ImplementProposal, "leftOut"> | Record<string, never> {
  if (leftOut.length === 0) return {};
  const first = [...leftOut].sort((a, b) => Number(a.isByProduct) - Number(b.isByProduct));
  const told = first.slice(0, MOST).map(({ path, rule, isByProduct }) => {
    return { path: cut(path, LENGTH), rule: cut(rule, LENGTH), isByProduct };
  });
  return { leftOut: told.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** A tool that writes a file, and reports at once if that is not part of the change. `told` gets the paths. */
export function tellingIgnored(
  tool: ModelTool,
  ignoredBy: (path: string) => string | undefined,
  told: Set<string>,
): ModelTool {
  if (tool.name !== "write") return tool;
  return {
    ...tool,
    async run(input) {
      const said = await tool.run(input);
      const path = Object.entries(input ?? {}).find(([name]) => name === "file_path")?.[1];
      const rule = typeof path === "string" ? ignoredBy(path) : undefined;
      if (typeof path !== "string" || rule === undefined) return said;
      told.add(path.replace(/^(\.\/)+/, ""));
      return `${said}\nBut it will be no part of the change: .gitignore leaves it out (${rule}). ${WHAT_TO_DO}`;
    },
  };
}

export const WHAT_TO_DO =
  "What the change needs has to stand at a path that is not ignored; what is only a by-product may stay.";

/** New files that the coder was not told of yet, neither by a tool nor after an earlier round, without caches. */
export function newlyLeftOut(leftOut: readonly LeftOut[], told: Set<string>): readonly LeftOut[] {
  const isTold = (path: string) => [...told].some((one) => one.startsWith(path));
  const untold = leftOut.filter(({ path, isByProduct }) => !isByProduct && !isTold(path));
  for (const { path } of untold) told.add(path);
  return untold;
}

import ignore from "ignore";
import type { Checkout, Past } from "../../ports/checkout.ts";

/** By the `.gitignore` files of the commit, without asking git about a work tree. */
export function readIgnores(checkout: Checkout): Past["ignores"] {
  const paths = checkout.files.filter((path) => /(?:^|\/)\.gitignore$/.test(path));
  const readRules = () =>
    Promise.all(
      paths.map(async (path) => ({
        folder: path.slice(0, -".gitignore".length),
        rules: ignore({ allowRelativePaths: true }).add((await checkout.read(path)) ?? ""),
      })),
    );
  // Only on demand, because most gatherers never need it.
  let rules: ReturnType<typeof readRules> | undefined;
  return async (path) => {
    rules ??= readRules();
    return (await rules).some(({ folder, rules: own }) => {
      const inside = path.startsWith(folder) ? path.slice(folder.length) : "";
      return inside !== "" && own.ignores(inside);
    });
  };
}

/** Without a history, removals are not reported, and missing things are still judged. */
export function withoutPast(checkout: Checkout): Past {
  return {
    removed: async () => undefined,
    removedFrom: async () => undefined,
    ignores: readIgnores(checkout),
  };
}

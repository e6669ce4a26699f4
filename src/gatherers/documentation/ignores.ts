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
  // Only when somebody asks: most gatherers never do.
  let rules: ReturnType<typeof readRules> | undefined;
  return async (path) => {
    rules ??= readRules();
    return (await rules).some(({ folder, rules: own }) => {
      const inside = path.startsWith(folder) ? path.slice(folder.length) : "";
      return inside !== "" && own.ignores(inside);
    });
  };
}

/** What was there before is not known: then nothing is said of what is gone, and what is not there is judged all the same. */
export function withoutPast(checkout: Checkout): Past {
  return {
    removed: async () => undefined,
    removedFrom: async () => undefined,
    ignores: readIgnores(checkout),
  };
}

/** fast-check for many runs of the same tests: a mutant that so few examples do not notice is one that a table should name. */
import * as fastCheck from "../../node_modules/fast-check/lib/fast-check.js";

const EXAMPLES = 20;

// biome-ignore lint/style/noDefaultExport: fast-check has one, and this stands in its place
export default {
  ...fastCheck,
  assert: (property, options = {}) =>
    fastCheck.assert(property, {
      ...options,
      // Nobody reads the example: looking for a smaller one takes longer than all the others.
      endOnFailure: true,
      numRuns: Math.min(options.numRuns ?? EXAMPLES, EXAMPLES),
    }),
};

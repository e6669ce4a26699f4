/** fast-check for many runs of the same tests. A mutant that survives so few examples needs a case in a table. */
import * as fastCheck from "../../node_modules/fast-check/lib/fast-check.js";

const EXAMPLES = 20;

// biome-ignore lint/style/noDefaultExport: fast-check has one, and this stands in its place
export default {
  ...fastCheck,
  assert: (property, options = {}) =>
    fastCheck.assert(property, {
      ...options,
      // Nobody reads the example, and shrinking it takes longer than all the others.
      endOnFailure: true,
      numRuns: Math.min(options.numRuns ?? EXAMPLES, EXAMPLES),
    }),
};

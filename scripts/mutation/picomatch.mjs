/** picomatch for many runs of the same tests: a pattern is compiled once. */
import picomatch from "../../node_modules/picomatch/index.js";

const matchers = new Map();

function isMatch(path, pattern, options) {
  const key = JSON.stringify([pattern, options]);
  const matches = matchers.get(key) ?? picomatch(pattern, options);
  matchers.set(key, matches);
  return matches(path);
}

// biome-ignore lint/style/noDefaultExport: picomatch has one, and this stands in its place
export default Object.assign((...parts) => picomatch(...parts), picomatch, { isMatch });

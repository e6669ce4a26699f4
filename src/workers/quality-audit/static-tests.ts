/** How tests begin in the common languages, to count them if no report says how many ran. */
const BEGINNINGS: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\.[cm]?[jt]sx?$/,
    /(?<![\w.$])(?:it|test)(?:\.(?:each|only|skip|concurrent|todo|prop))?\s*[(`]/g,
  ],
  [/\.py$/, /^[ \t]*(?:async\s+)?def\s+test_?\w*\s*\(/gm],
  [/\.go$/, /^func\s+(?:Test|Fuzz)\w*\s*\(/gm],
  [/\.rs$/, /#\[(?:\w+::)?test\]/g],
  [/\.(?:java|kt|groovy|scala)$/, /@(?:Test|ParameterizedTest)\b/g],
  [/\.cs$/, /\[(?:Fact|Theory|Test|TestMethod)\b/g],
  [/\.rb$/, /^[ \t]*(?:it|def test_\w+|test)\b/gm],
  [/\.php$/, /function\s+test\w+\s*\(/g],
];

/** An estimate from the text of a test file. It counts written tests, not runs. */
export function countWrittenTests(path: string, text: string): number {
  const beginning = BEGINNINGS.find(([ending]) => ending.test(path))?.[1];
  return beginning === undefined ? 0 : [...text.matchAll(beginning)].length;
}

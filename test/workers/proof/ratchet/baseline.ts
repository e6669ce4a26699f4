import type { RatchetRule } from "../../../../src/domain/evidence/ratchet.ts";
import type { FileChange } from "../../../../src/workers/proof/ratchet/finding.ts";

/** What a line that was added says, by regular expression: the usual hour's work. */
const ADDED: readonly (readonly [RatchetRule, RegExp])[] = [
  [
    "test-skipped",
    /\.(skip|todo|fixme)\b|\bx(it|test|describe)\b|mark\.(skip|xfail)\b|unittest\.skip\b|pytest\.skip\(|skipTest\(|\bt\.Skip\w*\(|#\[ignore|@(Disabled|Ignore)\b|\bSkip\s*=|\[(Ignore|Explicit)|\[Test, Explicit|markTest(Skipped|Incomplete)|^\s*(skip|pending)\b|skip: true|->skip\(/,
  ],
  ["test-focused", /\.only\b|\bf(it|test|describe|context)\b|:focus\b|focus: true|->only\(/],
  [
    "test-conditional",
    /skipIf|runIf|skipif|skipUnless|(Enabled|Disabled)If|assumeTrue|assumeFalse|cfg_attr|\bif\b.*(process\.env|os\.environ|os\.getenv|os\.Getenv|env::var|getenv|GetEnvironmentVariable|ENV\[)/i,
  ],
  [
    "assertion-vacuous",
    /expect\(true\)\.(toBe\(true\)|to eq\(true\))|assert(True|\.True)?\(true\)|assert True\b|Assert\.True\(true\)|assert!\(true\)|True\(t, true\)|\|\| true|\bor True\b/,
  ],
  [
    "sleep-added",
    /\bsleep\s*\(|\bsleep \d|setTimeout\(|time\.Sleep|Thread\.[sS]leep|Task\.Delay|\busleep\(/,
  ],
  ["retry-added", /\bretr(y|ies|yTimes)\b|\bRetry\(|\bflaky\b|reruns/i],
  [
    "suppression-added",
    /@ts-(ignore|nocheck|expect-error)|eslint-disable|biome-ignore|istanbul ignore|type: ignore|# noqa|pragma: no cover|nolint|#!?\[allow|@Suppress|pragma warning disable|rubocop:disable|phpstan-ignore/,
  ],
  [
    "unit-mocked",
    /\b(vi|jest)\.mock\(|spyOn\(.*mock|@patch\(|mock\.patch|\bwhen\(|\bevery \{|\.Setup\(|allow\(.*receive|->method\(/,
  ],
  [
    "source-grep",
    /(readFile(Sync)?|open|ReadFile|read_to_string|include_str!|readString|File\.[rR]ead\w*|file_get_contents|File)\(.*\.(ts|js|py|go|rs|java|kt|cs|rb|php)["']/,
  ],
  ["base-told", /git rev-parse|["']git["'],|"git"\)|\.git\/|GITHUB_/],
];

const TEST =
  /\b(it|test|specify|xit|fit)(\.\w+)*\s*\(?\s*["'`]([^"'`]+)|def (test\w*)|func (Test\w*)|fn (\w+)\(\)|void (\w+)\(|fun (`[^`]+`|\w+)\(|function (test\w*|\w+)\(/;
const ASSERTION =
  /\bexpect\b|\bassert\w*|\bAssert\.|\bt\.(Error|Fatal)f?\(|\.Should\(|\bshouldBe\b|\brequire\.\w/;
const WEAK =
  /toBe(Defined|Truthy)|toMatchSnapshot|\.not\.|not_to|[nN]ot(Null|None|Empty|Nil)|is not None|be_truthy|assert_ne|shouldNotBe|expect\.anything|toBeTruthy/;
const NUMBER = /\d+(\.\d+)?(e-?\d+)?/g;

/** The same job without a parser: lines that went and lines that came, and regular expressions over them. */
export function findByPattern(change: FileChange): readonly RatchetRule[] {
  const [was, is] = [linesOf(change.before ?? ""), linesOf(change.after ?? "")];
  const gone = was.filter((line) => !is.includes(line));
  const came = is.filter((line) => !was.includes(line));
  const any = (lines: readonly string[], pattern: RegExp) =>
    lines.some((line) => pattern.test(line));
  const count = (lines: readonly string[], pattern: RegExp) =>
    lines.filter((line) => pattern.test(line)).length;
  const bound = /test|spec/i.test(change.path) ? "tolerance-loosened" : "check-lowered";
  const told: readonly (readonly [RatchetRule, boolean])[] = [
    ...ADDED.map(([rule, pattern]) => [rule, any(came, pattern)] as const),
    ["test-deleted", count(was, TEST) > count(is, TEST)],
    ["assertions-removed", count(is, ASSERTION) < count(was, ASSERTION)],
    ["assertion-weakened", any(came, WEAK) && any(gone, ASSERTION)],
    ["snapshots-rewritten", change.path.endsWith(".snap") && gone.length >= 3],
    [bound, loosened(gone, came)],
  ];
  return told.filter(([, isSo]) => isSo).map(([rule]) => rule);
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(\/\/|#(?!\[)|\*)/.test(line));

const BOUND =
  /closeTo|CloseTo|approx|places|Delta|delta|within|LessThan|abs\(\)|lines|fail_under|minimum|threshold/i;

/** The same line with another number, where it names a bound; which way is looser, it does not know. */
function loosened(gone: readonly string[], came: readonly string[]): boolean {
  const shape = (line: string) => line.replace(NUMBER, "#");
  return gone.some(
    (line) => BOUND.test(line) && came.some((other) => shape(other) === shape(line)),
  );
}

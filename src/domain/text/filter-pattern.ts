/**
 * GitHub's filter patterns for branches, tags and paths: `*` (not across a slash), `**`, `?` and `+` (of the character
 * before), `[]`, `\` and a leading `!` that excludes what an earlier pattern included. Source:
 * docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function matchesPatterns(value: string, patterns: readonly string[]): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith("!");
    if (patternExpression(negated ? pattern.slice(1) : pattern).test(value)) {
      matched = !negated;
    }
  }
  return matched;
}

const TOKEN = /\*\*\/|\*\*|\*|\?|\+|\[[^\]]*\]|\\.|[^*?+[\\]|[[\\]/gsu;

function patternExpression(pattern: string): RegExp {
  const tokens = pattern.match(TOKEN) ?? [];
  const parts = tokens.map((token, index) => partOf(token, tokens[index - 1]));
  return new RegExp(`^${parts.join("")}$`, "su");
}

function partOf(token: string, before: string | undefined): string {
  switch (token) {
    case "**/":
      return "(?:.*/)?";
    case "**":
      return ".*";
    case "*":
      return "[^/]*";
    default:
      break;
  }
  if (token === "?" || token === "+") {
    // Only a character or a set can be repeated; anywhere else the sign is literal.
    const repeats = before !== undefined && !["**/", "**", "*", "?", "+"].includes(before);
    return repeats ? token : `\\${token}`;
  }
  if (token.startsWith("[") && token.length > 2) {
    return `[${token.slice(1, -1).replace(/[\\\]^]/g, "\\$&")}]`;
  }
  const character = token.startsWith("\\") && token.length > 1 ? token.slice(1) : token;
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

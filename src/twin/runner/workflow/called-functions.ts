import type { GitHubLanguage } from "./language.ts";

const STATUS_FUNCTIONS = ["success", "failure", "cancelled", "always"];

/** Whether an expression calls a status function, so that no `success()` is added. */
export function callsStatus(language: GitHubLanguage, expression: string): boolean {
  return tokensOf(language, expression).some(
    (token, index, tokens) =>
      STATUS_FUNCTIONS.includes(token.lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === "(",
  );
}

/**
 * Tokens of an expression. Version 0.3.61 unescapes only the first doubled quote of a string, so that every text with
 * two quotes around an expression is wrong; this code unescapes all of them.
 */
export function tokensOf(language: GitHubLanguage, expression: string) {
  const { tokens } = new language.expressions.Lexer(expression).lex();
  return tokens.map((token) =>
    typeof token.value === "string" && token.lexeme.startsWith("'")
      ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") }
      : token,
  );
}

/**
 * Characters that a reader cannot see: controls, format characters, private use, unassigned, lone surrogates, line
 * separators, and the blanks that those classes miss (threats IN-02). Emoji sequences keep their joiner and variation
 * selector, and keycaps theirs: a selector is allowed only where it makes a picture, so that it cannot carry a message.
 */
const HIDDEN =
  /([0-9#*]\uFE0F\u20E3|\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)*)|([\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u2800\uFFFC])/gu;

/** The text with every hidden character replaced, including tabs and line breaks. */
export function replaceHidden(text: string, replace: (hidden: string) => string): string {
  return text.replace(HIDDEN, (_match, emoji: string | undefined, hidden: string | undefined) =>
    hidden === undefined ? (emoji ?? "") : replace(hidden),
  );
}

/** Whether every character of the text is visible. Tabs and newlines are not. */
export function isVisible(text: string): boolean {
  let visible = true;
  replaceHidden(text, () => {
    visible = false;
    return "";
  });
  return visible;
}

/** The text without invisible characters; idempotent. Line breaks and tabs stay. */
export function withoutHidden(text: string): string {
  return replaceHidden(text, (hidden) => (hidden === "\n" || hidden === "\t" ? hidden : ""));
}

/** The text with each hidden character written as its code point, as in ⟨U+200B⟩. Line breaks and tabs stay. */
export function showHidden(text: string): string {
  return replaceHidden(text, (hidden) =>
    hidden === "\n" || hidden === "\t"
      ? hidden
      : `⟨U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

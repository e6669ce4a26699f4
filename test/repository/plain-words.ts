/** A word, and what to write instead. */
export type Plainer = readonly [said: RegExp, instead: string];

/** Words that a reader of plain American English stumbles over, each with a replacement. Source: developers.google.com/style/word-list and developers.google.com/style/spelling. */
export const PLAINER: readonly Plainer[] = [
  [/\banew\b/i, "again"],
  [/\bmerely\b/i, "only"],
  [/\bin order to\b/i, "to"],
  [/\butili[sz]e/i, "use"],
  [/\b(?:hence|whence|thence)\b/i, "so, therefore, from where"],
  [/\b(?:thereof|therein|whereof|wherein)\b/i, "of it, in it, in which"],
  [/\blest\b/i, "so that … not"],
  [/\bnought\b/i, "nothing"],
  [/\bfor want of\b/i, "without, because there is no"],
  [/\bwhat becomes of\b/i, "what happens to"],
  [/\bis none of (?:the|our|its)\b/i, "does not belong to"],
  [/\borganisation/i, "organization"],
  [/\bbehaviour/i, "behavior"],
  [/\bcolour/i, "color"],
  [/\b(?:dis)?favour/i, "favor"],
  [/\b(?:dis)?honour/i, "honor"],
  [/\bneighbour/i, "neighbor"],
  [/\b(?:un)?labelled\b|\blabelling\b/i, "labeled, labeling"],
  [/\b(?:author|normal|recogn|summar|serial|special|real)is(?:e[drs]?|ing|ation)\b/i, "-ize"],
];

/** The words of a text that are not plain, each with its replacement. */
export function unplainWords(text: string, words: readonly Plainer[]): readonly string[] {
  return words.flatMap(([said, instead]) => {
    const found = said.exec(text);
    return found === null ? [] : [`"${found[0]}": write ${instead}`];
  });
}

/**
 * Git's answers about objects that are named by their whole ids never change. A process costs more than most of them,
 * because starting one copies the page tables of this process: milliseconds for every hundred megabytes.
 */
export interface LastingAnswers<Answer> {
  /** The answer that is known for `question`, or that of `ask`, which is kept if `lasts` says so. */
  get(question: string, ask: () => Promise<Answer>): Promise<Answer>;
}

/** Words that only look at what they are given, or write an object that is named by it, and stays. */
const QUESTIONS = new Set([
  "cat-file",
  "diff-tree",
  "ls-tree",
  "merge-base",
  "merge-tree",
  "rev-list",
  "rev-parse",
]);

/** What `cat-file` is told to expect of an object. */
const KINDS = new Set(["blob", "commit", "tag", "tree"]);

/** An id, what it peels to, or what lies at a path in it; left out of a list with `^`. */
const NAMED_BY_ID = /^\^?[0-9a-f]{40}(?:\^\{[a-z]+\}|:.*)?$/s;

/**
 * Whether a git command asks about nothing but objects by their whole ids, on its command line or on its input, one a
 * line. Refs, abbreviations and HEAD move; so does an index.
 */
export function asksOfObjects(command: readonly string[], input: string): boolean {
  const [word = "", ...rest] = command;
  if (hangsOnWordsAlone(command)) return true;
  const paths = rest.indexOf("--");
  const asked = (paths < 0 ? rest : rest.slice(0, paths)).filter(
    (each) => !each.startsWith("-") && !KINDS.has(each),
  );
  const listed = input === "" ? [] : input.replace(/\n$/, "").split("\n");
  const names = [...asked, ...listed];
  return QUESTIONS.has(word) && names.length > 0 && names.every((name) => NAMED_BY_ID.test(name));
}

/** What is written from the input gets the name of its bytes, and what a name may look like nobody changes. */
function hangsOnWordsAlone([word, ...rest]: readonly string[]): boolean {
  if (word === "check-ref-format") return true;
  return word === "hash-object" && rest.includes("--stdin");
}

/** Keeps up to `most` answers, the oldest go first. Equal questions that are asked at once are asked once. */
export function createLastingAnswers<Answer>(options: {
  readonly most: number;
  /** What is not there yet may come, and what is large is not worth its memory. */
  lasts(answer: Answer): boolean;
}): LastingAnswers<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return {
    async get(question, ask) {
      const before = known.get(question);
      if (before !== undefined) return before;
      const asking = ask();
      known.set(question, asking);
      const [oldest] = known.keys();
      if (known.size > options.most && oldest !== undefined) known.delete(oldest);
      const lasts = await asking.then(options.lasts, () => false);
      if (!lasts && known.get(question) === asking) known.delete(question);
      return asking;
    },
  };
}

import type { Contract } from "../../domain/contract.ts";
import type { LintFault } from "./lint.ts";

/** English words that two people can read differently, where nothing in the same sentence measures them. */
const VAGUE =
  /\b(?:works? (?:well|fine|properly|correctly|again|nicely|smoothly|better|as (?:expected|intended|it should))|works?(?=[.!]?$)|properly|correctly|appropriate(?:ly)?|adequate(?:ly)?|reasonabl[ey]|as (?:expected|intended|needed|appropriate)|fast(?:er)?|quick(?:ly|er)?|slow(?:er)?|speedy|responsive(?:ly)?|efficient(?:ly)?|performant|scalable|robust(?:ly)?|reliabl[ey]|stable|seamless(?:ly)?|smooth(?:ly)?|user[- ]friendly|intuitive(?:ly)?|easy|easily|nice(?:ly)?|good|great|better|improved?|optimi[sz]ed|clean(?:er|ly)?|modern|sensibl[ey]|and so on|etc)\b/i;

/**
 * What makes such a word checkable: a number, a quoted value, or a comparison with something that can be looked up.
 * Digits inside a word (`utf8`) are no number.
 */
const MEASURE =
  /(?<![\p{L}_])[0-9]|`[^`]+`|"[^"]+"|'[^' ][^']*'(?!\p{L})|“[^”]+”|\b(?:exactly|at (?:most|least)|no (?:more|less|fewer|later) than|(?:less|more|fewer|greater|smaller) than|equals?|equal to|identical(?: to)?|(?:the )?same as|byte for byte)\b/iu;

const WORDS = new Intl.Segmenter("en", { granularity: "word" });
const FEWEST_WORDS = 3;

/**
 * Criteria that may be vague, for whoever wrote them to read once more. Words alone tell nothing for certain: "a stable sort" has
 * one meaning, and of a sentence in another language nothing is known. So a doubt refuses nothing.
 */
export function doubtsAbout({ acceptance }: Pick<Contract, "acceptance">): readonly LintFault[] {
  return acceptance.flatMap(({ id, statement }) => {
    const doubt = doubtAbout(statement);
    return doubt === undefined ? [] : [{ where: id, ...doubt }];
  });
}

function doubtAbout(statement: string): Omit<LintFault, "where"> | undefined {
  const vague = VAGUE.exec(statement)?.[0];
  if (vague !== undefined && !MEASURE.test(statement)) {
    return {
      reason: `"${vague}" has no measure: two people could disagree whether it is met`,
      accepted:
        "a number, a quoted value, or a named case with its exact outcome; the same words where they have one meaning",
    };
  }
  const words = [...WORDS.segment(statement)].filter(({ isWordLike }) => isWordLike);
  if (words.length >= FEWEST_WORDS) return undefined;
  return {
    reason: `"${statement}" says neither what is done nor what comes of it`,
    accepted: "a sentence that names an input or situation and its outcome",
  };
}

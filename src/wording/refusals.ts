import type { Refusal, RefusalCode } from "../domain/refusal.ts";
import { cutAtWord } from "../domain/text/cut.ts";
import { sayHint } from "./hints.ts";
import { WORDINGS } from "./refusal-wordings.ts";
import { ownLink, safeText } from "./safe-text.ts";
import type { Wording } from "./wording.ts";

/**
 * What was refused, where, why, and what to type next: two sentences of Markdown that are safe wherever they stand.
 * The data of a refusal may come from a worker, so all of it goes through the renderer.
 */
export function sayRefusal(refusal: Refusal): string {
  return `${sentence(sayWhy(refusal))} Next: ${sentence(sayAdvice(refusal))}`;
}

/** With a full stop, but where it ends as a sentence already: it may end with words of others. */
export function sentence(said: string): string {
  return /[.?!…]$/u.test(said) ? said : `${said}.`;
}

/** What to do, safe wherever it stands; it ends without a full stop. */
export function sayAdvice(refusal: Refusal): string {
  const { hint } = refusal;
  const said = safeText(adviceOf(refusal));
  if (typeof hint !== "object" || hint.code !== "go-on-with-the-other") return said;
  // A link to the other one is seen there, too: GitHub shows on each issue what links to it.
  return said.replace(`issue ${hint.issue}`, ownLink(`issue ${hint.issue}`, hint.url));
}

/** The same without what to do, for places where no issue is answered; it ends without a full stop. */
export function sayWhy(refusal: Refusal): string {
  const wording: Wording = WORDINGS[refusal.code];
  const facts = [
    refusal.found === undefined ? "" : `found ${safeText(foundOf(refusal.code, refusal.found))}`,
    refusal.accepted === undefined ? "" : `accepted is ${safeText(brief(refusal.accepted))}`,
  ].filter((fact) => fact !== "");
  const subject = safeText(refusal.subject);
  const what = `${wording.says}${subject === "" ? "" : `: ${subject}`}`;
  const why = facts.length === 0 ? "" : ` (${facts.join("; ")})`;
  return `${what}${why}`;
}

function adviceOf({ code, hint, subject }: Refusal): string {
  return hint === undefined ? WORDINGS[code].advice : sayHint(hint, subject);
}

/** What a person is asked to approve is shown whole: the listing of packages is bounded where it is made. */
function foundOf(code: RefusalCode, found: string): string {
  return code === "dependencies-unapproved" ? found : brief(found);
}

function brief(text: string): string {
  return cutAtWord(text, 400);
}

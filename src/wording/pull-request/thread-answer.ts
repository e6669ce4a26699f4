import type { ObjectId } from "../../domain/digest.ts";
import { cutAtWord } from "../../domain/text/cut.ts";
import { ownLink, safeText } from "../safe-text.ts";

const SUMMARY_CHARACTERS = 600;

/** First line of an answer in a thread, by which it is found again. */
export function answerMarker(attempt: number): string {
  return `**Millwright · attempt ${attempt}**`;
}

/** What came of a person's words in a thread: whether its line changed is counted, the rest the attempt says of itself. */
export function renderAnswer(answer: {
  readonly attempt: number;
  readonly commit: ObjectId;
  readonly url: string;
  readonly line: "kept" | "changed" | "unknown";
  readonly summary: string;
}): string {
  const commit = ownLink(answer.commit.slice(0, 12), answer.url);
  const summary = safeText(cutAtWord(answer.summary, SUMMARY_CHARACTERS));
  const itself = summary === "" ? "It has no summary." : `Its summary: ${summary}`;
  return [answerMarker(answer.attempt), "", `${sayLine(answer.line, commit)} ${itself}`, ""].join(
    "\n",
  );
}

function sayLine(line: "kept" | "changed" | "unknown", commit: string): string {
  switch (line) {
    case "changed":
      return `This line changed in ${commit}.`;
    case "kept":
      return `This line is as it was after ${commit}, which took these words into account.`;
    case "unknown":
      return `${commit} took these words into account; this place does not show whether it changed.`;
  }
}

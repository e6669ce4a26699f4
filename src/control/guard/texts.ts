import type { Annotation } from "../../domain/github/effect.ts";
import { refusePath } from "../../domain/path.ts";

/** GitHub's own limits, in characters: a body, and the title of an issue or pull request. */
export const BODY = 65_536;
const TITLE = 256;
export const MESSAGE = 10_000;

export function isTitle(title: string): boolean {
  return title.length > 0 && title.length <= TITLE && !/\p{Cc}/u.test(title);
}

export function isPlace({ path, line, column = 1, message }: Annotation): boolean {
  const isWhole = [line, column].every((number) => Number.isInteger(number) && number > 0);
  return refusePath(path) === undefined && isWhole && message !== "" && message.length <= MESSAGE;
}

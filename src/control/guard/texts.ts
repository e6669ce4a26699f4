/** GitHub's own bounds, in characters: a body, and the title of an issue or pull request. */
export const BODY = 65_536;
const TITLE = 256;

export function isTitle(title: string): boolean {
  return title.length > 0 && title.length <= TITLE && !/\p{Cc}/u.test(title);
}

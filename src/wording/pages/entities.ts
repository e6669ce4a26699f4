/** What would begin or end markup, a quoted attribute or another entity. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that HTML reads as text and nothing else; what of it nobody can see is the caller's to take out or to show. */
export function inEntities(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

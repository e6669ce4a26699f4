/** JSON in visible ASCII in which nothing can end a fence, hide or be mentioned. */
export function inAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]|[`<>@]/gu, (letter) =>
    letter
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

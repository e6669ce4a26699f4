import { type MessagesRequest, textOfResult } from "./request.ts";
import type { Matcher } from "./script.ts";

function systemTextOf(request: MessagesRequest): string {
  return request.system.map(({ text }) => text).join("\n");
}

/** The role a request speaks for: our prompts carry a line `role: NAME`. */
export function roleOf(request: MessagesRequest): string | undefined {
  return /^role: ([a-z-]+)$/m.exec(systemTextOf(request))?.[1];
}

export function turnIndexOf(request: MessagesRequest): number {
  return request.messages.filter(({ role }) => role === "assistant").length;
}

/** The part of a matcher that does not hold, in words; undefined if it holds. */
export function mismatch(
  matcher: Matcher | undefined,
  request: MessagesRequest,
): string | undefined {
  if (matcher === undefined) return undefined;
  const found: Readonly<Record<keyof Matcher, string | number>> = {
    systemMessage: systemTextOf(request),
    userMessage: newestUserText(request),
    toolResultContains: newestResults(request),
    turnIndex: turnIndexOf(request),
    model: request.model,
  };
  for (const [key, expected] of Object.entries(matcher)) {
    const actual = found[key as keyof Matcher];
    const isText = key !== "model" && typeof actual === "string" && typeof expected === "string";
    const holds = isText ? actual.includes(expected) : actual === expected;
    if (!holds)
      return `${key} ${JSON.stringify(expected)}, found ${JSON.stringify(excerpt(actual))}`;
  }
  return undefined;
}

export function newestUserText(request: MessagesRequest): string {
  const texts = request.messages
    .filter(({ role }) => role === "user")
    .map(({ content }) => content.flatMap((block) => (block.type === "text" ? [block.text] : [])));
  return (
    texts
      .filter((list) => list.length > 0)
      .at(-1)
      ?.join("\n") ?? ""
  );
}

export function newestResults(request: MessagesRequest): string {
  return (request.messages.at(-1)?.content ?? [])
    .flatMap((block) => textOfResult(block) ?? [])
    .join("\n");
}

export function excerpt(value: string | number): string | number {
  if (typeof value === "number" || value.length <= 400) return value;
  return `${value.slice(0, 200)} … ${value.slice(-200)}`;
}

import type { Gathered } from "../../domain/loop/gathered.ts";

/** What was gathered, for a terminal. */
export function sayGathered(name: string, { items, measures }: Gathered): string {
  const figures = Object.entries(measures).map(([measure, value]) => `  ${measure}  ${value}`);
  const head = items.length === 0 ? `${name}: nothing found` : `${name}: ${items.length} found`;
  return [head, ...items.flatMap(sayItem), "", ...figures].join("\n");
}

function sayItem({ title, evidence }: Gathered["items"][number]): readonly string[] {
  return [
    "",
    `  ${title}`,
    ...evidence.flatMap(({ at, output }) => [
      `    ${at}`,
      ...output.split("\n", 3).map((line) => `      ${line.slice(0, 200)}`),
    ]),
  ];
}

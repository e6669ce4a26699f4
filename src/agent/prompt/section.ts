import { explainFence, type Fence, renderUntrusted, type Untrusted } from "./envelope.ts";

/** One prompt: an explanation of data, then the sections, the most stable first (the cache reads an exact prefix). */
export function promptOf(sections: readonly string[], fence: Fence): string {
  return [explainFence(fence), ...sections].join("\n\n");
}

/** A heading with trusted words, which a model may obey. */
export function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

/** A heading with foreign text in its envelope. */
export function dataSection(title: string, data: Untrusted, fence: Fence): string {
  return section(title, renderUntrusted(data, fence));
}

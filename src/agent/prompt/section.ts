import { explainFence, type Fence, renderUntrusted, type Untrusted } from "./envelope.ts";

/** One prompt: what data is, then the sections, those that change least first (the cache reads an exact prefix). */
export function promptOf(sections: readonly string[], fence: Fence): string {
  return [explainFence(fence), ...sections].join("\n\n");
}

/** A heading and what stands below it: words that a model may obey. */
export function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

/** A heading over text of others, in its envelope. */
export function dataSection(title: string, data: Untrusted, fence: Fence): string {
  return section(title, renderUntrusted(data, fence));
}

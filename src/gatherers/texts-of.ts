import type { Checkout } from "../ports/checkout.ts";

/** The texts of files by their paths, without those that are not there. */
export async function textsOf(
  checkout: Pick<Checkout, "read">,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const read = await Promise.all(
    paths.map(async (path) => [path, await checkout.read(path)] as const),
  );
  return new Map(read.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
}

import { join } from "node:path";
import { readBundled } from "../../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../adapters/syntax/syntax.ts";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { DocumentationOptions, gatherDocumentation } from "../../gatherers/documentation/gather.ts";
import type { Past } from "../../ports/checkout.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import { withCheckout } from "./open-checkout.ts";
import type { Gathering } from "./play-gather.ts";
import { readOptions } from "./read-options.ts";

export async function runDocumentation({ asked, context, note }: Gathering): Promise<Gathered> {
  const options = await readOptions(asked.options, DocumentationOptions);
  // The grammars stand beside verify's bundle, so that an installation needs no parser of its own.
  const syntax = createSyntax(
    readBundled(join(context.millwright, "actions/verify/dist/index.js")),
  );
  return withCheckout(asked.repo, async ({ checkout, past }) => {
    if (past === undefined) note(noteText("shallow"));
    return gatherDocumentation({ checkout, past: past ?? NO_PAST, syntax, options });
  });
}

/** Nobody knows what was there before, so that what is missing counts as undecided. */
const NO_PAST: Past = {
  removed: async () => undefined,
  removedFrom: async () => undefined,
  ignores: async () => true,
};

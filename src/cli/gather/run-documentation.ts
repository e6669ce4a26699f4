import { join } from "node:path";
import { readBundled } from "../../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../adapters/syntax/syntax.ts";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { DocumentationOptions, gatherDocumentation } from "../../gatherers/documentation/gather.ts";
import type { Checkout, Past } from "../../ports/checkout.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import type { Gathering } from "./gathering.ts";
import { withCheckout } from "./open-checkout.ts";
import { readIgnores } from "./past.ts";
import { readOptions } from "./read-options.ts";

export async function runDocumentation({ asked, context, note }: Gathering): Promise<Gathered> {
  const options = await readOptions(asked.options, DocumentationOptions);
  // The grammars stand beside verify's bundle, so that an installation needs no parser of its own.
  const syntax = createSyntax(
    readBundled(join(context.millwright, "actions/verify/dist/index.js")),
  );
  return withCheckout(asked.repo, async ({ checkout, past }) => {
    if (past === undefined) note(noteText("shallow"));
    return gatherDocumentation({ checkout, past: past ?? withoutPast(checkout), syntax, options });
  });
}

/** What was there before is not known: what is gone is told from what never was nowhere. */
function withoutPast(checkout: Checkout): Past {
  return {
    removed: async () => undefined,
    removedFrom: async () => undefined,
    ignores: readIgnores(checkout),
  };
}

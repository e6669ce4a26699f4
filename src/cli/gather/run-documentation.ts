import { join } from "node:path";
import { readBundled } from "../../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../adapters/syntax/syntax.ts";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { DocumentationOptions, gatherDocumentation } from "../../gatherers/documentation/gather.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import type { Gathering } from "./gathering.ts";
import { withCheckout } from "./open-checkout.ts";
import { readOptions } from "./read-options.ts";

export async function runDocumentation({ asked, context, note }: Gathering): Promise<Gathered> {
  const options = await readOptions(asked.options, DocumentationOptions);
  // The grammars stand beside verify's bundle, so that an installation needs no parser of its own.
  const syntax = createSyntax(
    readBundled(join(context.millwright, "actions/verify/dist/index.js")),
  );
  return withCheckout(asked.repo, async ({ checkout, past }) => {
    if (past === undefined) note(noteText("shallow"));
    return gatherDocumentation({ checkout, past, syntax, options });
  });
}

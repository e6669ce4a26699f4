import type { Gathered } from "../../domain/loop/gathered.ts";
import { productItems } from "../../wording/gathered/product.ts";
import type { ProductFinding } from "./finding.ts";
import type { Seen, SeenPage } from "./seen.ts";

/** The product improver: faults that a browser found in the running application. No model, no opinion. */
export function gatherProduct(seen: Seen, where: (file: string) => string): Gathered {
  const findings = seen.pages.flatMap(findingsOf);
  return productItems(findings, { seen, where });
}

function findingsOf(page: SeenPage): readonly ProductFinding[] {
  return [
    ...faultsOf(page),
    ...exceptionsOf(page),
    ...failuresOf(page),
    ...errorsOf(page),
    ...page.violations.flatMap(({ parts, ...rule }) =>
      parts.map((part): ProductFinding => ({ kind: "accessibility", page, ...rule, ...part })),
    ),
  ];
}

function faultsOf(page: SeenPage): readonly ProductFinding[] {
  const { fault } = page;
  return fault === undefined ? [] : [{ kind: "step", page, ...fault }];
}

function exceptionsOf(page: SeenPage): readonly ProductFinding[] {
  return page.exceptions.map((one) => ({ kind: "exception", page, ...one }));
}

/** A refused document counts as one of the requests. */
function failuresOf(page: SeenPage): readonly ProductFinding[] {
  return page.failures.map((failure) => ({ kind: "request", page, ...failure }));
}

/** Chromium also writes a failed request on the console; it is reported once. */
function errorsOf(page: SeenPage): readonly ProductFinding[] {
  const failed = new Set([...page.failures.map(({ url }) => url), ...page.blocked]);
  return page.errors
    .filter(({ source }) => source === undefined || !failed.has(source.url))
    .map((error) => ({ kind: "console", page, ...error }));
}

import { expect, test } from "vitest";
import { narrowed, scopeOfContract } from "../../../src/control/outcome/contract-scope.ts";
import type { Contract } from "../../../src/domain/contract.ts";
import { SCOPE_LENGTH, SCOPE_NAMED } from "../../../src/domain/ledger.ts";
import { CONTRACT } from "../line.ts";

function contractOf(named: {
  readonly files?: string[];
  readonly tests?: string[];
  readonly paths?: string[];
}): Contract {
  const { files = [], tests = [], paths = [] } = named;
  return {
    ...CONTRACT,
    context: { ...CONTRACT.context, files, tests },
    boundaries: { ...CONTRACT.boundaries, paths },
  };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `src/${index}.ts`);
const long = (length: number) => "a".repeat(length);

test.each<[string, Parameters<typeof contractOf>[0], string[] | undefined]>([
  [
    "its files and tests, each once",
    { files: ["a.ts", "b.ts"], tests: ["b.ts"], paths: ["src/**"] },
    ["a.ts", "b.ts"],
  ],
  ["its paths where it names no file", { paths: ["src/**"] }, ["src/**"]],
  ["nothing where it names nothing", {}, undefined],
  ["as many as the ledger holds", { files: many(SCOPE_NAMED) }, many(SCOPE_NAMED)],
  ["none of more than that", { files: many(SCOPE_NAMED + 1) }, undefined],
  ["a path as long as the ledger holds", { files: [long(SCOPE_LENGTH)] }, [long(SCOPE_LENGTH)]],
  ["none beside a longer one", { files: ["a.ts", long(SCOPE_LENGTH + 1)] }, undefined],
])("a change will touch %s", (_, named, scope) => {
  expect(scopeOfContract(contractOf(named)).scope).toEqual(scope);
});

test("what a contract allows beyond the config is not shown", () => {
  const { tools, boundaries } = CONTRACT;
  const wide = {
    ...CONTRACT,
    tools: { ...tools, mcp: ["browser"] },
    boundaries: { ...boundaries, network: ["example.com"], secrets: ["TOKEN"] },
  };
  expect(narrowed(wide)).toEqual({
    ...CONTRACT,
    tools: { ...tools, mcp: [] },
    boundaries: { ...boundaries, network: [], secrets: [] },
  });
});

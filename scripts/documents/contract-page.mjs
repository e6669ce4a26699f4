// docs/reference/contract.md: the fields of a contract from its schema, and one contract in its form on an issue.
import { z } from "zod";
import { Contract } from "../../src/domain/contract.ts";
import { parseContract, renderContract } from "../../src/wording/contract-markdown.ts";
import { code, generatedFrom, page, table } from "./markdown.mjs";

const MEANINGS = {
  goal: "What will be true afterwards, in one sentence.",
  acceptance:
    "The criteria, AC1 … AC99. Named tests or checks prove each of them, or a person is asked.",
  "acceptance[].id": "Its name.",
  "acceptance[].statement": "Given/when/then in one line, or a sentence that can be checked.",
  "acceptance[].kind":
    "`changes`: a named test failed before and passes now. `keeps`: the named tests pass before and now. `gone`: the named tests and names are gone, and nothing else fails. `command`: the named checks pass. `judgement`: the reviewer decides, and says why. `test`: a contract from before these kinds; it does not say which of the first three, so a person is asked.",
  nonGoals: "What is not part of this.",
  context: "What intake found, for those who build.",
  "acceptance[].shape":
    "`open`: nobody has settled the shape of what it asks for, so the coder writes its tests with the change. Otherwise, leave it out, and the tester writes them before.",
  "context.files": "Source files that matter.",
  "context.tests": "Tests that matter.",
  "context.docs": "Documents that matter.",
  "context.decisions": "Decisions that apply.",
  "context.notFound": "What intake looked for and did not find.",
  tools: "Tools beyond the built-in ones.",
  "tools.mcp": "MCP servers.",
  "tools.readOnly": "Tools that only read.",
  "tools.mutating": "Tools that change something.",
  "tools.denied": "Tools that must not be used.",
  boundaries: "What the change may touch and use.",
  "boundaries.paths": "Globs of the paths that may change; empty: what the config allows.",
  "boundaries.commands": "Commands that may run.",
  "boundaries.network": "Hosts that may be reached.",
  "boundaries.secrets": "Secrets that are needed.",
  checks: "Names of checks of the config that must pass.",
  stop: "When to stop and ask.",
  split: "Work that belongs in other issues.",
  reviewNote: "What the reviewer should look at first.",
};

const EXAMPLE = {
  goal: "Parcels to Norway cost the rate of zone 2",
  acceptance: [
    { id: "AC1", statement: "shippingCost('NO', 2.5) answers 1140 cents", kind: "changes" },
    { id: "AC2", statement: "Rates of other countries stay as they are", kind: "keeps" },
  ],
  nonGoals: ["Customs duties"],
  context: {
    files: ["src/zones.ts"],
    tests: ["test/zones.test.ts"],
    docs: [],
    decisions: [],
    notFound: ["a list of the countries of zone 2 outside of the code"],
  },
  tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
  boundaries: { paths: ["src/**", "test/**"], commands: [], network: [], secrets: [] },
  checks: ["test"],
  stop: [],
  split: [],
  reviewNote: "",
};

/** docs/reference/contract.md */
export function contractPage() {
  const shown = renderContract(Contract.parse(EXAMPLE));
  const back = parseContract(shown);
  if (!("contract" in back)) throw new Error(`the example is not read back: ${back.fault}`);
  return page(
    "# The contract",
    "The agreement between the person who asked and everyone who works on it. People and machine read the same visible text. It is written from the data, and read back only if it is exactly what the data renders to. An approval is for the digest of the data. For the reasons, see [the contract](../explanation/contract.md).",
    "**A contract can only narrow the config.** The factory ignores what it allows beyond the config.",
    table(["field", "bounds", "meaning"], rowsOf(z.toJSONSchema(Contract))),
    "Every text is one visible line of at most 500 characters: nothing in it can hide, and a list holds at most 30 of them.",
    "## How it looks on an issue",
    `\`\`\`markdown\n${shown}\n\`\`\``,
    generatedFrom("src/domain/contract.ts", "src/wording/contract-markdown.ts"),
  );
}

function rowsOf(schema, prefix = "") {
  return Object.entries(schema.properties ?? {}).flatMap(([name, node]) => {
    const key = `${prefix}${name}`;
    if (MEANINGS[key] === undefined) throw new Error(`the contract's ${key} has no meaning here`);
    const below = node.type === "array" ? rowsOf(node.items, `${key}[].`) : rowsOf(node, `${key}.`);
    return [[code(key), boundsOf(node), MEANINGS[key]], ...below];
  });
}

function boundsOf(node) {
  if (node.enum !== undefined) return node.enum.map(code).join(", ");
  if (node.type === "array") {
    const least = node.minItems === undefined ? "" : `${node.minItems} to `;
    return `list, ${least}${least === "" ? "at most " : ""}${node.maxItems}`;
  }
  if (node.type === "object") return "mapping";
  return node.pattern === undefined ? "line" : `like ${code(node.pattern)}`;
}

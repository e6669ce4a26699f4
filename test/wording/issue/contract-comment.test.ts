import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOfContract } from "../../../src/domain/contract.ts";
import { CONTRACT_FOLD } from "../../../src/wording/contract-markdown.ts";
import {
  CONTRACT_MARKER,
  parseContractComment,
  renderContractComment,
} from "../../../src/wording/issue/contract-comment.ts";
import { cases } from "../../cases.ts";
import { anyContract, CONTRACT } from "../../domain/contracts.ts";
import { harmOf } from "../markdown-tree.ts";

const BODY = renderContractComment({
  contract: CONTRACT,
  digest: digestOfContract(CONTRACT),
  version: 2,
  approvalNeeded: true,
  risk: "medium",
});

describe("the contract comment", () => {
  test("parse(render(c)) = c, harmless", () => {
    fc.assert(
      fc.property(anyContract(), fc.boolean(), (contract, approvalNeeded) => {
        const digest = digestOfContract(contract);
        const body = renderContractComment({
          contract,
          digest,
          version: 1,
          approvalNeeded,
        });
        expect(parseContractComment(body)).toEqual({ contract });
        const html = body.includes(CONTRACT_FOLD[0] ?? "") ? CONTRACT_FOLD : [];
        expect(harmOf(body)).toEqual({ images: 0, html, links: [], live: [] });
      }),
      cases(200),
    );
  });

  test("says what it is, how to answer, and which version", () => {
    const lines = BODY.split("\n");
    expect(lines[0]).toBe(CONTRACT_MARKER);
    expect(BODY).toContain(`\`/factory approve ${digestOfContract(CONTRACT).slice(0, 7)}\``);
    expect(BODY).toContain("`/factory rework: …`");
    expect(lines.at(-2)).toBe(
      `Version 2 · predicted risk medium · digest \`${digestOfContract(CONTRACT)}\``,
    );
  });

  test("says who merges and what it takes below what is read back", () => {
    const body = renderContractComment({
      contract: CONTRACT,
      digest: digestOfContract(CONTRACT),
      version: 1,
      approvalNeeded: true,
      leadsTo: {
        merges: "person",
        isSeen: false,
        limits: { attempts: 3, minutesPerRun: 30, usdPerIssue: 5 },
      },
    });
    expect(body.lastIndexOf("\n---\n")).toBeLessThan(body.indexOf("**What this leads to:**"));
    expect(parseContractComment(body)).toEqual({ contract: CONTRACT });
  });

  test.each<[string, (body: string) => string, number, RegExp]>([
    ["another first line", (body) => `x\n${body}`, 1, /expected "### Millwright/],
    ["a rule more", (body) => body.replace("**Checks**", "---\n\n**Checks**"), 1, /found 3/],
    ["a changed line", (body) => body.replace("- lint", "lint"), 37, /expected/],
  ])("%s is a fault with its line", (_title, change, line, fault) => {
    const changed = change(BODY);
    const parsed = parseContractComment(changed);
    expect("fault" in parsed ? parsed.fault : "accepted").toMatch(fault);
    if ("fault" in parsed && line > 1) expect(changed.split("\n")[parsed.line - 1]).toBe("lint");
  });
});

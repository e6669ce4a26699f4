import type { Contract } from "../../../domain/contract.ts";
import type { ModelTask } from "../../../ports/model.ts";
import { dataSection, section } from "../../prompt/section.ts";
import {
  contractSection,
  earlierTestsSection,
  interfacesSection,
  servicesSection,
} from "../../prompt/sections.ts";
import { type Setting, task } from "../../task.ts";
import { TesterAnswer } from "./answer.ts";

/** A test that the coder wants corrected, in its words. */
export interface AskedCorrection {
  readonly test: string;
  readonly reason: string;
}

/**
 * One round of the tester. It sees the contract, the plan's interfaces, the results of its own tests on the base and the
 * faults of earlier attempts' tests. It sees nothing of a change: neither the plan's steps, nor other reasons for
 * sending an attempt back, nor the coder's work.
 */
export function testerTask(
  setting: Setting<"line"> & {
    readonly contract: Contract;
    readonly interfaces: readonly string[];
    /** Ids of the criteria whose tests it writes. */
    readonly criteria: readonly string[];
    /** How the report writes test ids, by examples from the base. */
    readonly ids: string;
    /** Faults of the present tests. */
    readonly faults?: readonly string[];
    readonly corrections?: readonly AskedCorrection[];
  },
): ModelTask<TesterAnswer> {
  const { order, contract, interfaces, criteria, ids, faults = [], corrections = [] } = setting;
  return task("tester", setting, {
    answer: TesterAnswer,
    model: order.config.models.tester ?? order.config.models.default,
    sections: (fence) => [
      contractSection(contract),
      interfacesSection(interfaces, fence),
      section("Criteria whose tests you write", criteria.join(", ")),
      section("Checks you can run", Object.keys(order.config.checks).join(", ")),
      ...servicesSection(order.config),
      dataSection(
        "Ids of tests in the report, as it names them on the base",
        { kind: "ids of tests", provenance: "the sandbox", text: ids },
        fence,
      ),
      ...earlierTestsSection(order, fence),
      ...(faults.length === 0
        ? []
        : [
            dataSection(
              "Your tests as they stand",
              { kind: "what is wrong", provenance: "the factory", text: faults.join("\n") },
              fence,
            ),
          ]),
      ...(corrections.length === 0
        ? []
        : [
            dataSection(
              "Tests that the coder wants to have corrected",
              {
                kind: "tests, each with a reason",
                provenance: "the coder, a model that works on the change",
                text: corrections.map(({ test, reason }) => `${test}\n  ${reason}`).join("\n"),
              },
              fence,
            ),
          ]),
      section("Task", taskOf(faults.length, corrections.length)),
    ],
  });
}

function taskOf(faults: number, corrections: number): string {
  if (faults > 0) return "Repair your tests.";
  if (corrections > 0) return "Judge what the coder asks for, and correct what is wrong.";
  return "Write the tests.";
}

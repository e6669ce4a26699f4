import type { Contract } from "../../../domain/contract.ts";
import type { ModelTask } from "../../../ports/model.ts";
import { dataSection, section } from "../../prompt/section.ts";
import {
  contractSection,
  planSection,
  priorSection,
  servicesSection,
  testsSection,
} from "../../prompt/sections.ts";
import { type Setting, task } from "../../task.ts";
import type { Plan } from "../architect/answer.ts";
import { CoderAnswer } from "./answer.ts";

/**
 * One round of work. `ids` are tests as the report names them. `known` are check results on the base before work began. `failures`
 * are the tails of checks that fail after an earlier round and did not on the base. `faults` are the reasons to reject the change.
 */
export function coderTask(
  setting: Setting<"line"> & {
    readonly contract: Contract;
    readonly plan: Plan;
    /** How the report writes test ids, by examples from the base. */
    readonly ids?: string;
    readonly known?: readonly { readonly check: string; readonly tail: string }[];
    readonly failures?: readonly { readonly check: string; readonly tail: string }[];
    readonly faults?: readonly string[];
    /** The tester's tests and namings; absent if the coder writes all tests. */
    readonly tests?: Parameters<typeof testsSection>[0];
  },
): ModelTask<CoderAnswer> {
  const { order, contract, plan, ids = "none", known = [], failures = [], faults = [] } = setting;
  const { tests } = setting;
  return task("coder", setting, {
    answer: CoderAnswer,
    sections: (fence) => [
      contractSection(contract),
      planSection(plan, fence),
      ...(tests === undefined ? [] : [testsSection(tests, fence)]),
      section("Checks you can run", Object.keys(order.config.checks).join(", ") || "none"),
      ...servicesSection(order.config),
      dataSection(
        "Ids of tests in the report, as it names them on the base",
        { kind: "ids of tests", provenance: "the sandbox", text: ids },
        fence,
      ),
      ...known.map(({ check, tail }) =>
        dataSection(
          `The check ${check} before you started: leave what failed there, unless the contract asks for it`,
          { kind: `what ${check} said on the base`, provenance: "the sandbox", text: tail },
          fence,
        ),
      ),
      ...priorSection(order, fence),
      ...failures.map(({ check, tail }) =>
        dataSection(
          `The check ${check} fails with your change`,
          { kind: `end of the output of ${check}`, provenance: "the sandbox", text: tail },
          fence,
        ),
      ),
      ...(faults.length === 0
        ? []
        : [
            dataSection(
              "Your change as it stands",
              { kind: "what cannot be taken", provenance: "the factory", text: faults.join("\n") },
              fence,
            ),
          ]),
      section("Task", taskOf(failures.length, faults.length)),
    ],
  });
}

function taskOf(failures: number, faults: number): string {
  if (failures === 0 && faults === 0) return "Make the change.";
  return faults === 0 ? "Repair what fails." : "Repair what fails and what cannot be taken.";
}

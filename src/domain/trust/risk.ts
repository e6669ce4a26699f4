import { z } from "zod";

export const Risk = z.enum(["low", "medium", "high"]);
export type Risk = z.infer<typeof Risk>;

const ORDER: readonly Risk[] = ["low", "medium", "high"];

export function higherRisk(left: Risk, right: Risk): Risk {
  // Stryker disable next-line EqualityOperator: of two that are equal it does not matter which is given back
  return ORDER.indexOf(left) >= ORDER.indexOf(right) ? left : right;
}

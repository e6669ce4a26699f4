import { expect, test } from "vitest";
import { z } from "zod";
import { sayFault } from "../../../src/domain/text/say-fault.ts";

const faultOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0];

test.each<readonly [string, z.ZodType, unknown, string]>([
  ["a list", z.array(z.string()), 1, "the whole: expected a list"],
  ["a yes", z.strictObject({ a: z.boolean() }), { a: 1 }, "a: expected true or false"],
  ["a whole number", z.strictObject({ a: z.int() }), { a: 1.5 }, "a: expected a whole number"],
  ["a number", z.strictObject({ a: z.number() }), { a: "1" }, "a: expected a number"],
  ["keys", z.strictObject({ a: z.strictObject({}) }), { a: 1 }, "a: expected keys with values"],
  ["any keys", z.record(z.string(), z.string()), 1, "the whole: expected keys with values"],
  [
    "text deep in a list",
    z.array(z.strictObject({ a: z.string() })),
    [{ a: 1 }],
    "0.a: expected text",
  ],
  ["what has no other name", z.date(), 1, "the whole: expected date"],
  ["a rule of its own", z.string().refine(() => false, "must rhyme"), "x", "the whole: must rhyme"],
])("says that %s was expected, and where", (_, schema, value, said) => {
  expect(sayFault(faultOf(schema, value))).toBe(said);
});

test("says of no fault, and of one without a place, what the caller calls the whole", () => {
  expect([sayFault(undefined), sayFault(undefined, "the file")]).toEqual(["the whole", "the file"]);
  expect(sayFault(faultOf(z.string(), 1), "the file")).toBe("the file: expected text");
});

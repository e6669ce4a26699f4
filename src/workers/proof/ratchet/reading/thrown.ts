import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { lastName } from "../names.ts";
import type { Call } from "./call.ts";
import { nodesIn, textOf } from "./node.ts";
import type { TestFile } from "./test-file.ts";

/** Assertions that something is thrown. */
const THROWN = /(throw|raise|panic)s?\w*$|expectException$|FailsWith$|FailsWithMessage$/i;

/** Whether any failure would do: no error class is named, or the base class of all. */
export function takesAnyError(call: Call, file: TestFile): boolean {
  const name = lastName(call.path);
  if (!THROWN.test(name)) return false;
  const types = nodesIn(call.node).filter(
    (one) => TYPES.has(one.kind) && !call.args.some((arg) => holds(arg, one)),
  );
  const [first] = types.length > 0 ? (types.at(-1)?.children.slice(-1) ?? []) : call.args;
  if (first === undefined) return NEEDS_NO_CLASS.test(name);
  return ROOTS.has(classIn(textOf(first, file.text)));
}

/** `toThrow()` and `raise_error` accept anything without arguments. */
const NEEDS_NO_CLASS = /^(toThrow|toThrowError|raise_error|raises)$/;

/** Kotlin's `f<T> { … }` is parsed as a comparison with the class. */
const TYPES = new Set(["type_argument_list", "type_arguments", "binary_expression"]);

function holds(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function classIn(text: string): string {
  return text.replace(/^\\+|::class(\.java)?$|\.class$/g, "");
}

/** Base classes of all errors of a language. */
const ROOTS = new Set([
  ...["Throwable", "Exception", "BaseException", "StandardError", "Error", "System.Exception"],
  ...["kotlin.Throwable", "java.lang.Throwable", "java.lang.Exception"],
]);

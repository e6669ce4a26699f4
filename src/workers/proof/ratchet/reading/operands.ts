import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { dotted } from "./call.ts";
import { childOf } from "./node.ts";

/** `expect(x)` and `assertThat(x)` hold what the rest of the chain is about. */
export function headArguments(node: SyntaxNode, text: string): readonly SyntaxNode[] {
  const head = [...chain(node)].find((one) => /^(expect|assertThat)\(\)$/.test(dotted(one, text)));
  const list = head?.children.find(({ kind }) => /arguments|argument_list|block/.test(kind));
  if (list === undefined) return shouldReceiver(node, text);
  return list.children.map((one) =>
    one.kind.endsWith("argument") ? (one.children[0] ?? one) : one,
  );
}

/** `x.Should().Be(3)`, `x.shouldBe(3)`, `_(x).must_equal 3`: what stands before. */
function shouldReceiver(node: SyntaxNode, text: string): readonly SyntaxNode[] {
  const own = childOf(node, "object", "receiver") ?? node.children[0]?.children[0];
  if (own && ASSERTS_ITS_OBJECT.test(dotted(node, text))) return [own];
  const should = [...chain(node)].find((one) =>
    /\.(Should|must|should)\(\)$/.test(dotted(one, text)),
  );
  const receiver = should?.children[0]?.children[0];
  return receiver === undefined ? [] : [receiver];
}

const ASSERTS_ITS_OBJECT = /\.(should[A-Z]|must_|wont_)\w*\(\)$/;

function* chain(node: SyntaxNode): Generator<SyntaxNode> {
  let inner = childOf(node, "object", "receiver", "function", "expression") ?? node.children[0];
  while (inner !== undefined) {
    yield inner;
    inner = childOf(inner, "object", "receiver", "function", "expression") ?? inner.children[0];
  }
}

/** The sides of a condition; a call is one thing. */
export function operandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const sides = node.children.filter((one) => !isOperator(one));
  return sides.length < node.children.length ? sides : [node];
}

function isOperator({ field }: SyntaxNode): boolean {
  return field === "operators" || field === "operator";
}

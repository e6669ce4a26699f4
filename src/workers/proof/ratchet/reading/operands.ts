import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { dotted } from "./call.ts";
import { childOf } from "./node.ts";

/** `expect(x)` and `assertThat(x)` hold the subject of the chain. */
export function headArguments(node: SyntaxNode, text: string): readonly SyntaxNode[] {
  const head = [...chain(node)].find((one) => /^(expect|assertThat)\(\)$/.test(dotted(one, text)));
  const list = head?.children.find(({ kind }) => /arguments|argument_list|block/.test(kind));
  if (list === undefined) return shouldReceiver(node, text);
  return list.children.map((one) =>
    one.kind.endsWith("argument") ? (one.children[0] ?? one) : one,
  );
}

/** `x.Should().Be(3)`, `x.shouldBe(3)`, `_(x).must_equal 3`: the subject is before. */
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

/** The receivers of a call, outermost first. */
function* chain(node: SyntaxNode): Generator<SyntaxNode> {
  for (let inner = node.children[0]; inner !== undefined; inner = inner.children[0]) yield inner;
}

/** The sides of a condition; a call counts as one. */
export function operandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const sides = node.children.filter((one) => !isOperator(one));
  return sides.length < node.children.length ? sides : [node];
}

function isOperator({ field }: SyntaxNode): boolean {
  return field === "operators" || field === "operator";
}

import { describe, expect, test } from "vitest";
import { readSyntax } from "../../../../src/workers/quality-audit/reading/syntax-facts.ts";
import { syntax } from "../../syntax.ts";

async function read(path: string, text: string) {
  const facts = await readSyntax(syntax, { path, text });
  if (facts === undefined) throw new Error(`${path} was not read`);
  return facts;
}

describe("how many ways there are through a function", () => {
  test.each([
    ["a.ts", "function f() {}", [1]],
    [
      "a.ts",
      "function f(a) { if (a && a.b || c) { return a ?? b; } else if (d) { for (;;) {} } }",
      [7],
    ],
    [
      "a.ts",
      "const f = (a) => { switch (a) { case 1: return 2; case 3: return 4; default: return a ? 1 : 2; } };",
      [4],
    ],
    ["a.ts", "function f() { if (a) { list.map((b) => (b ? 1 : 2)); } }", [2, 2]],
    [
      "a.ts",
      "class A { m() { try { f(); } catch { while (a) {} } } get g() { return 1; } }",
      [3, 1],
    ],
    ["a.ts", "if (a) { b(); }", []],
    ["a.ts", "function f(a: string | undefined): a is string { return a!.length > 1 === b; }", [1]],
    ["a.tsx", "const A = () => <b>{a && c}</b>;", [2]],
    [
      "a.py",
      "def f(a):\n  if a and b:\n    return 1\n  elif c:\n    return [x for x in y if x]\n  try:\n    pass\n  except E:\n    raise\n",
      [7],
    ],
    [
      "a.go",
      "package a\nfunc f(a int) { if a > 1 && b { for i := range c { switch i { case 1: default: } } } }\n",
      [5],
    ],
    [
      "a.rs",
      "fn f(a: i32) -> i32 { if a > 1 || b { match a { 1 => 2, _ => 3 } } else { while a {} 4 } }",
      [6],
    ],
    [
      "A.java",
      "class A { int f(int a) { for (int b : c) { if (a > 1) { } } switch (a) { case 1: return 1; default: return a > 2 ? 1 : 2; } } }",
      [5],
    ],
    [
      "a.rb",
      "def f(a)\n  return 1 if a\n  b unless c\n  begin\n    d\n  rescue E\n    e\n  end\nend\n",
      [4],
    ],
    [
      "A.cs",
      "class A { int F(int a) { foreach (var b in c) { if (a > 1 || b) { } } return a ?? 1; } }",
      [5],
    ],
    [
      "a.php",
      "<?php\nfunction f($a) { if ($a && $b) { foreach ($c as $d) { } } elseif ($e) { } }\n",
      [5],
    ],
    [
      "a.kt",
      "fun f(a: Int): Int { if (a > 1 && b) { for (c in d) { } }\n return when (a) { 1 -> 2\n else -> 3 } }",
      [6],
    ],
  ])("%s: %s", async (path, text, ways) => {
    const { functions } = await read(path, text);
    expect(functions.map(({ complexity }) => complexity)).toEqual(ways);
  });
});

test("a function stands on its lines, one in another on none of its own", async () => {
  const text =
    "function f() {\n  list.map((one) => {\n    return one;\n  });\n}\nconst g = () => 1;\n";
  const { functions } = await read("a.ts", text);
  expect(functions.map(({ line, lines }) => [line, lines])).toEqual([
    [1, 5],
    [2, 0],
    [6, 1],
  ]);
});

describe("error handlers", () => {
  test.each([
    ["a.ts", "try { f(); } catch {}", [true]],
    ["a.ts", "try { f(); } catch (error) { }", [true]],
    ["a.ts", "try { f(); } catch {\n  // Gone already: that is what is wanted.\n}", [false]],
    ["a.ts", "try { f(); } catch (error) { tell(error); } finally {}", [false]],
    [
      "a.ts",
      "promise.catch(() => {}); promise.catch(tell); a.catch((e) => tell(e)); b.then(() => {});",
      [true, false],
    ],
    [
      "a.py",
      "try:\n  f()\nexcept E:\n  pass\nexcept F:\n  # Not there is fine.\n  pass\nexcept G:\n  raise\n",
      [true, false, false],
    ],
    [
      "A.java",
      "class A { void f() { try { g(); } catch (E e) { } catch (F e) { h(); } } }",
      [true, false],
    ],
    ["A.cs", "class A { void F() { try { G(); } catch (E) { } catch { H(); } } }", [true, false]],
    ["a.rb", "begin\n  f\nrescue E\nrescue F\n  g\nend\n", [true, false]],
    ["a.kt", "fun f() { try { g() } catch (e: E) { } }", [true]],
    ["a.php", "<?php\ntry { f(); } catch (E $e) { } catch (F $e) { g(); }\n", [true, false]],
    ["a.go", "package a\nfunc f() { if err != nil { return err } }\n", []],
  ])("%s: %s", async (path, text, empty) => {
    const { handlers } = await read(path, text);
    expect(handlers.map(({ isEmpty }) => isEmpty)).toEqual(empty);
  });
});

describe("public declarations", () => {
  test.each([
    [
      "a.ts",
      "/** Says. */\nexport function f() {}\nexport const a = 1;\nfunction g() {}\nexport { g };\nexport * from './b';",
      [true, false],
    ],
    ["a.ts", "// Of another one.\n\nexport interface A {}\n", [false]],
    [
      "a.py",
      'def f():\n  """Says."""\n  def inner():\n    pass\nclass A:\n  def m(self):\n    pass\n  def _own(self):\n    pass\n',
      [true, false, false],
    ],
    [
      "a.go",
      "package a\n\n// F says.\nfunc F() {}\nfunc G() {}\nfunc own() {}\n// T says.\ntype T struct{}\n",
      [true, false, true],
    ],
    [
      "a.rs",
      "/// Says.\n#[inline]\npub fn f() {}\npub struct A;\npub(crate) fn g() {}\nfn h() {}\n",
      [true, false],
    ],
    [
      "A.java",
      "/** Says. */\npublic class A {\n  public int f() { return 1; }\n  int g() { return 1; }\n}\n",
      [true, false],
    ],
    [
      "A.cs",
      "/// Says.\npublic class A {\n  public int F() { return 1; }\n  private int G() { return 1; }\n}\n",
      [true, false],
    ],
    ["a.rb", "# Says.\ndef f\nend\n", []],
  ])("%s: %s", async (path, text, documented) => {
    const { declarations } = await read(path, text);
    expect(declarations.map(({ isDocumented }) => isDocumented)).toEqual(documented);
  });
});

test("what no grammar reads, or not whole, says nothing", async () => {
  expect(await readSyntax(syntax, { path: "a.sql", text: "select 1" })).toBeUndefined();
  expect(await readSyntax(syntax, { path: "a.ts", text: "function f( {" })).toBeUndefined();
});

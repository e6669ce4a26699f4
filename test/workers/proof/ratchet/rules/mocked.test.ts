import { expect, test } from "vitest";
import { type Edit, toldOf } from "../edits.ts";

const [JS, PHP] = ["javascript", "php"];
const SPIED = 'vi.spyOn(shop, "total").mockReturnValue(3);';
const TOTAL = "expect(shop.total()).toBe(3);";
const PY_TOTAL = "assert shop.total() == 3";
const JAVA_TOTAL = "assertEquals(3, quote.total());";
const SHARP_TOTAL = "Assert.Equal(3, quote.Object.Total());";
const RUBY_TOTAL = "expect(cart.total).to eq(3)";
const PHP_TOTAL = "$this->assertSame(3, $quote->total());";
const module = (mock: string) =>
  `=import { total } from "../src/shop.ts";\n${mock}\nit("a", async () => {\n  expect(total(1)).toBe(2);\n});\n`;

/** In which language, what stands in a test that is new to it, and the line of the answer if the test asserts it. */
const ANSWERS: readonly (readonly [language: string, text: string, line: number | undefined])[] = [
  [JS, `${SPIED}\n  ${TOTAL}`, 3],
  [JS, `vi.spyOn(shop, "total")\n    .mockReturnValue(3);\n  ${TOTAL}`, 3],
  [JS, `sinon.stub(shop, "total").returns(3);\n  ${TOTAL}`, 3],
  [JS, 'sinon.stub(shop, "total").resolves(3);\n  expect(await shop.total()).toBe(3);', 3],
  [JS, `sinon.stub(shop, "total").callsFake(() => 3);\n  ${TOTAL}`, 3],
  [JS, `${SPIED}\n  const got = shop.total();\n  expect(got).toBe(3);`, 3],
  [JS, `${SPIED}\n  const got = shop.price();\n  expect(got).toBe(3);`, undefined],
  [JS, 'vi.spyOn(shop, "total", "get").mockReturnValue(3);\n  expect(shop.total).toBe(3);', 3],
  [JS, 'vi.spyOn(shop, "total").mockReturnValue({ a: 3 });\n  expect(shop.total().a).toBe(3);', 3],
  // A spy that lets the code answer, and a name that only the run knows.
  [JS, `vi.spyOn(shop, "total");\n  ${TOTAL}`, undefined],
  [JS, `vi.spyOn(shop, "total");\n  vi.useFakeTimers().mockReturnValue(3);\n  ${TOTAL}`, undefined],
  [JS, `vi.spyOn(shop, name).mockReturnValue(3);\n  ${TOTAL}`, undefined],
  [JS, `vi.spyOn().mockReturnValue(3);\n  ${TOTAL}`, undefined],
  // What is put in the place of a member.
  [JS, `shop.total = vi.fn().mockReturnValue(3);\n  ${TOTAL}`, 3],
  [JS, `shop.total = jest.fn(() => 3);\n  ${TOTAL}`, 3],
  [JS, `shop.total = mock.fn(() => 3);\n  ${TOTAL}`, 3],
  [JS, `shop.total = sinon.stub().returns(3);\n  ${TOTAL}`, 3],
  [JS, `shop.total = () => 3;\n  ${TOTAL}`, 3],
  [JS, `shop.total = function () { return 3; };\n  ${TOTAL}`, 3],
  [JS, `shop.total = wrap(jest.fn());\n  ${TOTAL}`, undefined],
  [JS, `shop.total = functionOf(3);\n  ${TOTAL}`, undefined],
  [JS, "let total;\n  total = jest.fn(() => 3);\n  expect(total()).toBe(3);", undefined],
  // Modules.
  [JS, module('vi.mock("../src/shop.ts");'), 2],
  [JS, module('jest.doMock("../src/shop.ts", () => ({ total: () => 2 }));'), 2],
  [JS, module('vi.mock("../src/rates.ts");'), undefined],
  [JS, module("vi.mock(name);"), undefined],
  [
    JS,
    module('vi.mock("../src/shop.ts", async (load) => ({ ...(await load()), now: () => 2 }));'),
    undefined,
  ],
  ["python", `monkeypatch.setattr(shop, "total", lambda: 3)\n    ${PY_TOTAL}`, 3],
  ["python", `monkeypatch.setattr(shop, name, 3)\n    ${PY_TOTAL}`, undefined],
  ["python", `with mock.patch.object(shop, "total"):\n        ${PY_TOTAL}`, 3],
  ["python", 'with patch("shop.total", return_value=3):\n        assert total() == 3', 3],
  ["python", 'with patch("app.shop.total", return_value=3):\n        assert total() == 3', 3],
  ["python", `session.patch(address)\n    ${PY_TOTAL}`, undefined],
  ["python", `shop.total = Mock(return_value=3)\n    ${PY_TOTAL}`, 3],
  ["python", `shop.total = mock.MagicMock(return_value=3)\n    ${PY_TOTAL}`, 3],
  ["python", `shop.total = lambda: 3\n    ${PY_TOTAL}`, 3],
  ["python", `shop.total = total_of(3)\n    ${PY_TOTAL}`, undefined],
  ["python", `shop.total = lambda: 3\n    got = shop.total()\n    assert got == 3`, 3],
  ["python", "total: int\n    assert total() == 3", undefined],
  ["python", "total = lambda: 3\n    assert total() == 3", undefined],
  ["go", "shop.Total = func() int { return 3 }\n\tassert.Equal(t, 3, shop.Total())", 5],
  ["go", "Total = func() int { return 3 }\n\tgot := Total()\n\tassert.Equal(t, 3, got)", 5],
  ["go", "total := func() int { return 3 }\n\tassert.Equal(t, 3, total())", undefined],
  ["java", `when(quote.total()).thenReturn(3);\n    ${JAVA_TOTAL}`, 5],
  ["java", `Mockito.when(quote.total()).thenReturn(3);\n    ${JAVA_TOTAL}`, 5],
  ["java", `BDDMockito.given(quote.total()).willReturn(3);\n    ${JAVA_TOTAL}`, 5],
  [
    "java",
    "when(quote.total()).thenReturn(3);\n    int got = quote.total();\n    assertEquals(3, got);",
    5,
  ],
  ["java", `when(total).thenReturn(3);\n    ${JAVA_TOTAL}`, undefined],
  ["java", `when().thenReturn(3);\n    ${JAVA_TOTAL}`, undefined],
  ["java", "when(quote.total()).thenReturn(3);\n    verify(quote).total();", undefined],
  ["kotlin", "coEvery { quote.total() } returns 3\n        assertEquals(3, quote.total())", 5],
  [
    "kotlin",
    "every { quote.total() } returns 3\n        val got = quote.total()\n        assertEquals(3, got)",
    5,
  ],
  ["kotlin", "every { total } returns 3\n        assertEquals(3, quote.total())", undefined],
  ["c-sharp", `quote.Setup(q => q.Total()).Returns(3);\n        ${SHARP_TOTAL}`, 7],
  [
    "c-sharp",
    "quote.Setup(q => q.Of.Total()).Returns(3);\n        Assert.Equal(3, quote.Object.Total());",
    7,
  ],
  ["c-sharp", `quote.Setup(q => q.Rate()).Returns(3);\n        ${SHARP_TOTAL}`, undefined],
  ["c-sharp", `quote.Setup(q => 3).Returns(3);\n        ${SHARP_TOTAL}`, undefined],
  ["c-sharp", `quote.Setup();\n        ${SHARP_TOTAL}`, undefined],
  [
    "c-sharp",
    "quote.Setup(q => q.Total()).Returns(3);\n        var got = quote.Object.Total();\n        Assert.Equal(3, got);",
    7,
  ],
  ["ruby", `allow(cart).to receive(:total).and_return(3)\n  ${RUBY_TOTAL}`, 3],
  [
    "ruby",
    "allow(@cart).to receive(:empty?).and_return(true)\n  expect(@cart.empty?).to eq(true)",
    3,
  ],
  [
    "ruby",
    "allow(cart).to receive(:total).and_return(3)\n  got = cart.total\n  expect(got).to eq(3)",
    3,
  ],
  ["ruby", `allow(cart).to receive(:rate).and_return(3)\n  ${RUBY_TOTAL}`, undefined],
  ["ruby", `allow(cart).to receive(name)\n  ${RUBY_TOTAL}`, undefined],
  ["ruby", `allow(cart).to answer(:total)\n  ${RUBY_TOTAL}`, undefined],
  ["ruby", `allow_any_instance_of(Cart).to receive(:total).and_return(3)\n  ${RUBY_TOTAL}`, 3],
  ["ruby", `allow_any_instance_of(Cart).to receive(:rate)\n  ${RUBY_TOTAL}`, undefined],
  ["ruby", `allow_any_instance_of(Cart).to receive(name)\n  ${RUBY_TOTAL}`, undefined],
  ["ruby", `cart.stubs(:total).returns(3)\n  ${RUBY_TOTAL}`, 3],
  ["ruby", `cart.stub(:total, 3) do\n    ${RUBY_TOTAL}\n  end`, 3],
  ["ruby", `rates.stubs(:total).returns(3)\n  ${RUBY_TOTAL}`, undefined],
  ["ruby", `cart.stubs(name).returns(3)\n  ${RUBY_TOTAL}`, undefined],
  ["ruby", `Cart.any_instance.stubs(:total).returns(3)\n  ${RUBY_TOTAL}`, 3],
  [
    "ruby",
    "Cart.any_instance.stubs(:total).returns(3)\n  expect(shop.last.cart.total).to eq(3)",
    3,
  ],
  [
    "ruby",
    "Cart.any_instance.stubs(:rate).returns(3)\n  expect(cart.total(rate)).to eq(3)",
    undefined,
  ],
  ["ruby", `Cart.any_instance.stubs(:rate).returns(3)\n  ${RUBY_TOTAL}`, undefined],
  [PHP, `$quote->method('total')->willReturn(3);\n        ${PHP_TOTAL}`, 7],
  [PHP, `$quote->method('total')->with(1)\n            ->willReturn(3);\n        ${PHP_TOTAL}`, 7],
  [PHP, `$quote->expects($this->once())->method('total')->willReturn(3);\n        ${PHP_TOTAL}`, 7],
  [
    PHP,
    "$quote->method('total')->willReturn(3);\n        $got = $quote->total();\n        $this->assertSame(3, $got);",
    7,
  ],
  [
    PHP,
    `$quote->method('total');\n        $rates->method('rate')->willReturn(4);\n        ${PHP_TOTAL}`,
    undefined,
  ],
  [PHP, `$quote->method($name)->willReturn(3);\n        ${PHP_TOTAL}`, undefined],
  [PHP, `$quote->shouldReceive('total')->andReturn(3);\n        ${PHP_TOTAL}`, 7],
  [PHP, `$quote->shouldReceive('total')->once();\n        ${PHP_TOTAL}`, undefined],
];

test.each(ANSWERS)("%s: %s", async (language, text, line) => {
  const told = await toldOf(["", language, "", text, []]);
  expect(told).toEqual(line === undefined ? [] : [`${line} unit-mocked`]);
});

const EDITS: readonly Edit[] = [
  ["in a file that is gone", JS, `${SPIED}\n  ${TOTAL}`, undefined, ["2 test-deleted"]],
  ["in a new file", JS, undefined, `${SPIED}\n  ${TOTAL}`, ["3 unit-mocked"]],
  ["as before", JS, `${SPIED}\n  ${TOTAL}`, `${SPIED}\n  again();\n  ${TOTAL}`, []],
  [
    "in another way than before",
    JS,
    `${SPIED}\n  ${TOTAL}`,
    `shop.total = vi.fn(() => 3);\n  ${TOTAL}`,
    [],
  ],
  [
    "for another call",
    JS,
    `${SPIED}\n  ${TOTAL}\n  expect(shop.price()).toBe(3);`,
    `vi.spyOn(shop, "price").mockReturnValue(3);\n  ${TOTAL}\n  expect(shop.price()).toBe(3);`,
    ["3 unit-mocked"],
  ],
];

test.each(EDITS)("answered %s", async (...row) => {
  expect(await toldOf(row)).toEqual(row[4]);
});

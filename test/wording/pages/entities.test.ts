import { expect, test } from "vitest";
import { inEntities } from "../../../src/wording/pages/entities.ts";

test.each([
  [`<a href="x" title='y'>`, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;"],
  ["&amp; stays text", "&amp;amp; stays text"],
  ["plain, with é and 漢", "plain, with é and 漢"],
])("%s is the text %s", (text, expected) => {
  expect(inEntities(text)).toBe(expected);
});

import { describe, expect, test } from "vitest";
import { refuseSealKey, sealKeysOf } from "../../../src/domain/ledger/seal-key.ts";

describe("the secret of seal keys", () => {
  test.each([
    [undefined, []],
    ["", []],
    [" \n", []],
    ["new", ["new"]],
    ["new old", ["new", "old"]],
    [" new \n\t old\n", ["new", "old"]],
  ])("%j holds %j", (secret, keys) => {
    expect(sealKeysOf(secret)).toEqual(keys);
  });

  const long = "k".repeat(32);
  const short = "s".repeat(31);

  test.each([
    [undefined, undefined],
    [long, undefined],
    [`${long} ${long}1`, undefined],
    [short, "a key of 31 characters"],
    [`${long} ${short}`, "a key of 31 characters"],
    [`${long} k`, "a key of 1 characters"],
    // Characters, not code units: an emoji is one.
    ["🗝️".slice(0, 2).repeat(16), "a key of 16 characters"],
  ])("%j: refused for %j", (secret, found) => {
    const refusal = refuseSealKey(secret);
    expect(refusal?.found).toBe(found);
    if (found === undefined) return;
    expect(refusal).toMatchObject({
      code: "config-invalid",
      subject: "FACTORY_SEAL_KEY",
      accepted: "at least 32, made by chance",
    });
  });
});

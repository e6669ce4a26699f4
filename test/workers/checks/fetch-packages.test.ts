import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { LockedPackage } from "../../../src/domain/dependencies/npm-entry.ts";
import type { Web } from "../../../src/ports/web.ts";
import {
  FETCH_LIMITS,
  type FetchedPackage,
  fetchPackages,
} from "../../../src/workers/checks/fetch-packages.ts";
import { integrityOf } from "../../domain/dependencies/npm-lockfiles.ts";

type Answer = Awaited<ReturnType<Web["download"]>>;
type Asked = readonly [url: string, timeoutMs: number, maximumBytes: number];

function locked(name: string, bytes: Uint8Array = Buffer.from(name)): LockedPackage {
  return {
    name,
    version: "1.0.0",
    resolved: `https://registry.example/${name}.tgz`,
    integrity: integrityOf(bytes),
    installScript: false,
    forLinux: true,
  };
}

function answered(bytes: Uint8Array, parts: { status?: number; complete?: boolean } = {}): Answer {
  return { kind: "answered", status: 200, bytes, complete: true, durationMs: 1, ...parts };
}

/** Fetches from a registry that answers each address by its name; notes what it was asked and what was kept together. */
async function fetchFrom(
  packages: readonly LockedPackage[],
  answerOf: (name: string) => Answer = (name) => answered(Buffer.from(name)),
  remainingMs: () => number = () => 1_000_000,
) {
  const asked: Asked[] = [];
  const kept: (readonly FetchedPackage[])[] = [];
  const web: Web = {
    get: () => Promise.reject(new Error("nobody asks for a page")),
    download: async (url, { timeoutMs, maximumBytes }) => {
      asked.push([url, timeoutMs, maximumBytes]);
      return answerOf(url.replace(/^.*\/|\.tgz$/g, ""));
    },
  };
  const refusal = await fetchPackages(packages, {
    web,
    keep: async (fetched) => {
      kept.push(fetched);
    },
    remainingMs,
  });
  return { refusal, asked, kept };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => locked(`p${index}`));

describe("the fetch phase", () => {
  test("keeps the bytes of each package by their hash, six at a time, in order", async () => {
    const { refusal, asked, kept } = await fetchFrom(many(14));
    expect(refusal).toBeUndefined();
    expect(asked.map(([url]) => url)).toEqual(many(14).map(({ resolved }) => resolved));
    expect(kept.map((batch) => batch.length)).toEqual([6, 6, 2]);
    expect(kept.flat()).toEqual(
      many(14).map(({ name }) => ({
        hash: createHash("sha512").update(name).digest("hex"),
        bytes: Buffer.from(name),
      })),
    );
  });

  test("asks nobody for nothing", async () => {
    expect(await fetchFrom([])).toEqual({ refusal: undefined, asked: [], kept: [] });
  });

  test.each([
    [1_000_000, 60_000],
    [60_000, 60_000],
    [59_999.9, 59_999],
    [1, 1],
  ])("with %d ms left a package may take %d ms, and 50 MB", async (left, timeoutMs) => {
    const { asked } = await fetchFrom(many(1), undefined, () => left);
    expect(asked).toEqual([["https://registry.example/p0.tgz", timeoutMs, 50_000_000]]);
  });

  test.each([0, 0.9, -5])("with %d ms left nothing is asked for", async (left) => {
    const { refusal, asked, kept } = await fetchFrom(many(1), undefined, () => left);
    expect(refusal).toEqual({
      code: "dependencies-unfetched",
      subject: "https://registry.example/p0.tgz",
      found: "the time of this run is used up",
    });
    expect([asked, kept]).toEqual([[], []]);
  });

  const unfetched = (found: string) => ({
    code: "dependencies-unfetched",
    subject: "https://registry.example/p1.tgz",
    found,
  });
  test.each<readonly [string, Answer, Readonly<Record<string, unknown>>]>([
    [
      "cannot be reached",
      { kind: "unreachable", reason: "no route", durationMs: 1 },
      unfetched("no route"),
    ],
    ["is not there", answered(Buffer.from("p1"), { status: 404 }), unfetched("status 404")],
    ["is elsewhere", answered(Buffer.from("p1"), { status: 302 }), unfetched("status 302")],
    [
      "is larger than it may be",
      answered(Buffer.from("p1"), { complete: false }),
      {
        code: "limit-exceeded",
        subject: "https://registry.example/p1.tgz",
        found: "more",
        accepted: "at most 50000000 bytes",
      },
    ],
    [
      "has other bytes than the lockfile names",
      answered(Buffer.from("evil")),
      {
        code: "dependencies-refused",
        subject: "https://registry.example/p1.tgz",
        found: `the registry gave ${integrityOf("evil")}`,
        accepted: integrityOf("p1"),
        hint: "refuse-the-packages",
      },
    ],
  ])(
    "a package that %s is refused, and nothing of its batch is kept",
    async (_, answer, refusal) => {
      const answerOf = (name: string) => (name === "p1" ? answer : answered(Buffer.from(name)));
      const fetched = await fetchFrom(many(9), answerOf);
      expect(fetched.refusal).toEqual(refusal);
      expect(fetched.kept).toEqual([]);
      expect(fetched.asked).toHaveLength(6);
    },
  );

  test("what was kept before a refusal stays", async () => {
    const answerOf = (name: string) => answered(Buffer.from(name === "p7" ? "evil" : name));
    const { refusal, kept } = await fetchFrom(many(9), answerOf);
    expect(refusal?.code).toBe("dependencies-refused");
    expect(kept.map((batch) => batch.length)).toEqual([6]);
  });

  test("a long address and a long reason are cut", async () => {
    const one = { ...locked("p"), resolved: `https://registry.example/${"p".repeat(500)}` };
    const reason = "r".repeat(600);
    const { refusal } = await fetchFrom([one], () => ({
      kind: "unreachable",
      reason,
      durationMs: 1,
    }));
    expect(refusal?.subject.length).toBe(300);
    expect(refusal?.found?.length).toBe(500);
  });

  test.each([
    [1_000, undefined],
    [1_001, { subject: "packages to fetch", found: "1001", accepted: "at most 1000" }],
  ])("of %d packages: %j", async (count, refusal) => {
    const one = locked("p");
    const fetched = await fetchFrom(Array.from({ length: count }, () => one));
    expect(fetched.refusal).toEqual(
      refusal === undefined ? undefined : { code: "limit-exceeded", ...refusal },
    );
    expect(fetched.asked).toHaveLength(refusal === undefined ? count : 0);
  });

  test("bytes are counted over all batches", async () => {
    const bytes = new Uint8Array(FETCH_LIMITS.packageBytes);
    const large = locked("large", bytes);
    const answerOf = (name: string) => answered(name === "large" ? bytes : Buffer.from(name));
    const six = Array.from({ length: 6 }, () => large);
    const { refusal, kept } = await fetchFrom([...six, locked("p")], answerOf);
    expect(refusal).toEqual({
      code: "limit-exceeded",
      subject: "bytes of packages",
      found: "300000001",
      accepted: "at most 300000000",
    });
    expect(kept).toHaveLength(1);
  });
});

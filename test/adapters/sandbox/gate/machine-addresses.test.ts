import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import {
  isOfTheMachine,
  lookUpOutside,
} from "../../../../src/adapters/sandbox/gate/machine-addresses.ts";

test.each<[string, boolean]>([
  ["169.254.169.254", true],
  ["169.254.0.1", true],
  ["::ffff:169.254.169.254", true],
  ["::ffff:a9fe:a9fe", true],
  ["fe80::1", true],
  ["fd00:ec2::254", true],
  ["168.63.129.16", true],
  ["100.100.100.200", true],
  ["127.0.0.1", false],
  ["10.0.0.7", false],
  ["93.184.215.14", false],
  ["2606:2800:21f:cb07::1", false],
  ["metadata.example.com", false],
])("%s tells of the machine: %s", (address, expected) => {
  expect(isOfTheMachine(address)).toBe(expected);
});

const METADATA = { address: "169.254.169.254", family: 4 };
const OUTSIDE = { address: "93.184.215.14", family: 4 };

const lookUp = (found: LookupAddress[], all: boolean) =>
  new Promise((resolve) => {
    const look = lookUpOutside((_host, _options, done) => done(null, found));
    look("named.example.com", { all }, (error, ...answer) => resolve(error?.code ?? answer));
  });

test.each<[string, LookupAddress[], boolean, unknown]>([
  ["a name that leads to the metadata leads nowhere", [METADATA], true, "EACCES"],
  ["nor does it where one address is asked for", [METADATA], false, "EACCES"],
  ["of several the others stay", [METADATA, OUTSIDE], true, [[OUTSIDE]]],
  ["of several the first other one is told", [METADATA, OUTSIDE], false, [OUTSIDE.address, 4]],
])("%s", async (_, found, all, expected) => {
  expect(await lookUp(found, all)).toEqual(expected);
});

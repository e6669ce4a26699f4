import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Addresses at which a machine describes itself and its permissions: link-local, and those of some clouds. */
const OF_THE_MACHINE = new BlockList();
OF_THE_MACHINE.addSubnet("169.254.0.0", 16, "ipv4");
OF_THE_MACHINE.addSubnet("fe80::", 10, "ipv6");
OF_THE_MACHINE.addAddress("168.63.129.16", "ipv4");
OF_THE_MACHINE.addAddress("100.100.100.200", "ipv4");
OF_THE_MACHINE.addAddress("fd00:ec2::254", "ipv6");

/** A name is checked when it is resolved. */
export function isOfTheMachine(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && OF_THE_MACHINE.check(address, family === 6 ? "ipv6" : "ipv4");
}

type Resolve = (
  host: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/** Resolves a name, without addresses at which the machine describes itself, because a configured host may be pointed there. */
export function lookUpOutside(resolve: Resolve = lookup): LookupFunction {
  return (host, { all, ...options }, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, []);
      const [first, ...rest] = found.filter(({ address }) => !isOfTheMachine(address));
      if (first === undefined) {
        const message = `${host} leads to an address of the machine itself`;
        return done(Object.assign(new Error(message), { code: "EACCES" }), []);
      }
      return all === true ? done(null, [first, ...rest]) : done(null, first.address, first.family);
    });
  };
}

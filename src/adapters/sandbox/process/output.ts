/** Output of a command, bounded while it arrives: how much was said never decides how much is kept. */
export interface BoundedOutput {
  add(chunk: Buffer): void;
  /** Bytes in all. */
  readonly bytes: number;
  /** Head and tail, what lies between named by its size. Bytes that are no UTF-8 become U+FFFD. */
  text(): string;
}

export function boundOutput(limits: {
  readonly headBytes: number;
  readonly tailBytes: number;
}): BoundedOutput {
  // Grown by doubling: the head may be a report of many megabytes that comes byte by byte.
  let head: Buffer = Buffer.alloc(0);
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let bytes = 0;
  const addHead = (chunk: Buffer) => {
    if (headBytes + chunk.length > head.length) {
      const size = Math.max(2 * head.length, headBytes + chunk.length, 4_096);
      const larger = Buffer.alloc(Math.min(size, limits.headBytes));
      head.copy(larger, 0, 0, headBytes);
      head = larger;
    }
    headBytes += chunk.copy(head, headBytes);
  };
  const addTail = (chunk: Buffer) => {
    tail.push(chunk);
    tailBytes += chunk.length;
    // Joined now and then, so that neither one byte at a time nor a flood costs more than its size.
    if (tailBytes > 4 * limits.tailBytes + 65_536 || tail.length > 1_000) {
      tail = [Buffer.concat(tail).subarray(-limits.tailBytes)];
      tailBytes = tail[0]?.length ?? 0;
    }
  };
  return {
    get bytes() {
      return bytes;
    },
    add: (chunk) => {
      bytes += chunk.length;
      const room = limits.headBytes - headBytes;
      if (room > 0) addHead(chunk.subarray(0, room));
      if (chunk.length > room) addTail(chunk.subarray(Math.max(room, 0)));
    },
    text: () => {
      const start = head.subarray(0, headBytes);
      const end = Buffer.concat(tail).subarray(-limits.tailBytes);
      const left = bytes - start.length - end.length;
      const decode = (part: Buffer) => new TextDecoder().decode(part);
      if (left === 0) return decode(Buffer.concat([start, end]));
      return `${decode(start)}\n[... ${left} bytes left out ...]\n${decode(end)}`;
    },
  };
}

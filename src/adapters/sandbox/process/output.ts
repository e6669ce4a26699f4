/** Output of a command, bounded while it arrives: its length never decides how much is kept. */
export interface BoundedOutput {
  add(chunk: Buffer): void;
  /** Total bytes. */
  readonly bytes: number;
  /** Head and tail, with the size of the middle. Bytes that are no UTF-8 become U+FFFD. */
  text(): string;
}

export function boundOutput(limits: {
  readonly headBytes: number;
  readonly tailBytes: number;
}): BoundedOutput {
  // Grows by doubling, because the head may be a report of many megabytes that arrives byte by byte.
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
    // Joined from time to time, so that neither single bytes nor a flood cost more than their size.
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

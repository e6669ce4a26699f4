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
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let bytes = 0;
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
      const room = limits.headBytes - head.length;
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)]);
      if (chunk.length > room) addTail(chunk.subarray(Math.max(room, 0)));
    },
    text: () => {
      const end = Buffer.concat(tail).subarray(-limits.tailBytes);
      const left = bytes - head.length - end.length;
      const decode = (part: Buffer) => new TextDecoder().decode(part);
      if (left === 0) return decode(Buffer.concat([head, end]));
      return `${decode(head)}\n[... ${left} bytes left out ...]\n${decode(end)}`;
    },
  };
}

/** Documents below this length, in bytes, never wait: all that can be in hand of them is little. Most feeds are shorter. */
const SHORT = 64 * 1024
/** Bytes of long documents in hand at once; their items take some seven times that on the heap until they are stored. */
const MOST = 1024 * 1024

interface Waiting {
  bytes: number
  enter: () => void
}

/**
 * Lets long documents in as there is room, first come first served, so that a burst of them is not held in memory all at
 * once while the store takes one article after the other. One that is longer than all the room goes in alone.
 */
export class LongDocuments {
  private readonly waiting: Waiting[] = []
  private inside = 0

  /** Resolves when the document may be read. To be called once, when its items are stored: what it resolves to. */
  async enter(bytes: number): Promise<() => void> {
    if (bytes <= SHORT) return () => {}
    await new Promise<void>((enter) => {
      this.waiting.push({ bytes, enter })
      this.letIn()
    })
    return () => {
      this.inside -= bytes
      this.letIn()
    }
  }

  private letIn(): void {
    for (;;) {
      const [next] = this.waiting
      if (!next || (this.inside > 0 && this.inside + next.bytes > MOST)) return
      this.waiting.shift()
      this.inside += next.bytes
      next.enter()
    }
  }
}

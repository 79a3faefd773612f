interface Waiting<Item> {
  item: Item
  done: () => void
  failed: (error: unknown) => void
}

/**
 * Writes items in groups. While one group is being written, those that come are gathered for the next: few go alone
 * when many come, and none waits when few do.
 */
export class Gatherer<Item> {
  private readonly waiting: Waiting<Item>[] = []
  private writing = false

  constructor(
    private readonly write: (items: Item[]) => Promise<void>,
    private readonly mostAtOnce: number
  ) {}

  /** Resolves when the item is written; rejects when its group could not be. */
  add(item: Item): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ item, done, failed })
      if (!this.writing) void this.writeAll()
    })
  }

  private async writeAll(): Promise<void> {
    this.writing = true
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.mostAtOnce)
      try {
        await this.write(group.map(({ item }) => item))
        for (const { done } of group) done()
      } catch (error) {
        for (const { failed } of group) failed(error)
      }
    }
    this.writing = false
  }
}

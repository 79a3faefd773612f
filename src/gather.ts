interface Waiting<Item, Result> {
  item: Item
  done: (result: Result) => void
  failed: (error: unknown) => void
}

export interface GatherOptions<Item, Result> {
  /** Writes a group; gives a result for each item, in order. */
  write: (items: Item[]) => Promise<readonly Result[]>
  mostAtOnce: number
  /** Whether a failure may lie in one item of a group: each is then written alone. Without it the group fails whole. */
  mayLieInOne?: (error: unknown) => boolean
}

/**
 * Writes items in groups. While one group is being written, those that come are gathered for the next: few go alone
 * when many come, and none waits when few do.
 */
export class Gatherer<Item, Result = Item> {
  private readonly waiting: Waiting<Item, Result>[] = []
  private writing = false

  constructor(private readonly options: GatherOptions<Item, Result>) {}

  /** Resolves when the item is written; rejects when it, or its group, could not be. */
  add(item: Item): Promise<Result> {
    return new Promise((done, failed) => {
      this.waiting.push({ item, done, failed })
      if (!this.writing) void this.writeAll()
    })
  }

  private async writeAll(): Promise<void> {
    this.writing = true
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.options.mostAtOnce)
      try {
        const results = await this.options.write(group.map(({ item }) => item))
        for (const [at, { done }] of group.entries()) done(results[at]!)
      } catch (error) {
        if (group.length > 1 && this.options.mayLieInOne?.(error)) await this.writeEach(group)
        else for (const { failed } of group) failed(error)
      }
    }
    this.writing = false
  }

  private async writeEach(group: readonly Waiting<Item, Result>[]): Promise<void> {
    for (const { item, done, failed } of group) {
      try {
        done((await this.options.write([item]))[0]!)
      } catch (error) {
        failed(error)
      }
    }
  }
}

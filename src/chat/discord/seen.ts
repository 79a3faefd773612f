/** Remembers the last ids: Discord repeats events when a connection is taken up again. */
export class SeenOnce {
  private readonly ids = new Set<string>()

  constructor(private readonly limit = 1000) {}

  /** True the first time. */
  first(id: string): boolean {
    if (this.ids.has(id)) return false
    this.ids.add(id)
    if (this.ids.size > this.limit) this.ids.delete(this.ids.values().next().value!)
    return true
  }
}

/** How a bench is to be run. */
export interface BenchOptions {
  /** 1: as large as what was promised; smaller for a quick look on a busy machine. */
  size: number
}

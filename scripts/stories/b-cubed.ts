/** How well a grouping meets the true one, item by item (Bagga and Baldwin's B-cubed). All between 0 and 1. */
export interface BCubed {
  precision: number
  recall: number
  f1: number
}

/** Scores predicted group names against true ones. `judged` limits whose items are counted; the others may confuse. */
export function bCubed(truth: readonly string[], guess: readonly string[], judged = truth.map(() => true)): BCubed {
  let precision = 0
  let recall = 0
  let count = 0
  for (const [i, wanted] of truth.entries()) {
    if (!judged[i]) continue
    let both = 0
    let sameGuess = 0
    let sameTruth = 0
    for (const [j, other] of truth.entries()) {
      const inGuess = guess[i] === guess[j]
      const inTruth = wanted === other
      if (inGuess) sameGuess++
      if (inTruth) sameTruth++
      if (inGuess && inTruth) both++
    }
    precision += both / sameGuess
    recall += both / sameTruth
    count++
  }
  precision /= count
  recall /= count
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

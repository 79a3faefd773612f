/** Value at a point; writes the gradient there into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number

/** How many steps the curvature is told from (Nocedal & Wright, Numerical Optimization, ch. 7: 3 to 20). */
const MEMORY = 10
/** Share of the promised descent that a step must bring (Armijo), and how often it is halved for that. */
const SUFFICIENT = 1e-4
const MOST_HALVINGS = 30
/** Ends when a round gains less than this share of the value. */
const ENOUGH = 1e-6

/** The point where a smooth convex function is least, searched from zero by limited-memory BFGS with halved steps. */
export function minimise(size: number, rounds: number, objective: Objective): Float64Array {
  let point: Float64Array = new Float64Array(size)
  let gradient: Float64Array = new Float64Array(size)
  let value = objective(point, gradient)
  const steps: { moved: Float64Array; turned: Float64Array; scale: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const direction = descent(gradient, steps)
    const slope = dot(gradient, direction)
    if (slope >= 0) break
    let length = steps.length === 0 ? 1 / Math.sqrt(-slope) : 1
    const next = new Float64Array(size)
    const nextGradient = new Float64Array(size)
    let nextValue = Number.POSITIVE_INFINITY
    for (let halving = 0; halving < MOST_HALVINGS; halving++) {
      for (let i = 0; i < size; i++) next[i] = point[i]! + length * direction[i]!
      nextValue = objective(next, nextGradient)
      if (nextValue <= value + SUFFICIENT * length * slope) break
      length /= 2
    }
    if (!(nextValue < value)) break
    const moved = next.map((x, i) => x - point[i]!)
    const turned = nextGradient.map((x, i) => x - gradient[i]!)
    const bend = dot(moved, turned)
    if (bend > 0) steps.push({ moved, turned, scale: 1 / bend })
    if (steps.length > MEMORY) steps.shift()
    const gain = value - nextValue
    point = next
    gradient = nextGradient
    value = nextValue
    if (gain < ENOUGH * Math.abs(value)) break
  }
  return point
}

/** The two-loop recursion: the gradient through the inverse curvature that the last steps told, turned downhill. */
function descent(
  gradient: Float64Array,
  steps: { moved: Float64Array; turned: Float64Array; scale: number }[]
): Float64Array {
  const direction = gradient.map((x) => -x)
  const shares: number[] = []
  for (const { moved, turned, scale } of [...steps].reverse()) {
    const share = scale * dot(moved, direction)
    shares.unshift(share)
    add(direction, turned, -share)
  }
  const last = steps.at(-1)
  if (last) {
    const fit = 1 / (last.scale * dot(last.turned, last.turned))
    for (let i = 0; i < direction.length; i++) direction[i]! *= fit
  }
  for (const [at, { moved, turned, scale }] of steps.entries())
    add(direction, moved, shares[at]! - scale * dot(turned, direction))
  return direction
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function add(sum: Float64Array, other: Float64Array, times: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += times * other[i]!
}

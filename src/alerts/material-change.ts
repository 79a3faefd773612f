import type { FindChange } from '../store/articles/articles.js'
import { findMaterialChange } from '../stories/material-change.js'
import { changeMessage } from './change-message.js'

/** The store's question whether an article changes its story, answered with a message; see `FindChange`. */
export const findChange: FindChange = (before, article, _after, told) => {
  const change = findMaterialChange(before, article, told)
  return change && { key: change.key, stage: change.stage, message: changeMessage(change, before, article) }
}

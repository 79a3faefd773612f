import type { Button } from './message.js'

/** Rows of one page of a list: a message of this many story lines fits every platform. */
export const PAGE_SIZE = 8

/** Buttons to the neighbouring pages; `action` makes the button's action for a page (0-based). */
export function pageButtons(page: number, total: number, action: (page: number) => string, size = PAGE_SIZE): Button[] {
  const buttons: Button[] = []
  if (page > 0) buttons.push({ label: '← Newer', action: action(page - 1) })
  if ((page + 1) * size < total) buttons.push({ label: 'Older →', action: action(page + 1) })
  return buttons
}

/** `9–16 of 41`; '' when all is on one page. */
export function pageLabel(page: number, total: number, size = PAGE_SIZE): string {
  if (total <= size) return ''
  return `${page * size + 1}–${Math.min(total, (page + 1) * size)} of ${total}`
}

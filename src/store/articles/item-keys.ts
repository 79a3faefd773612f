import { canonicalUrl } from '../../feeds/links.js'
import { indexable, storable } from '../text.js'

/** The page behind a link, as articles are looked up by it; null for what is no web address. */
export function pageOf(link: string): string | null {
  const page = canonicalUrl(link)
  return page === null ? null : indexable(page)
}

/** A key of an item as it is stored. */
export function keyOf(key: string): string {
  return indexable(storable(key))
}

/** Small feeds in our own words, for the tests of this room. */

export interface SampleItem {
  title: string
  link?: string
  guid?: string
  extra?: string
}

export function rss(items: SampleItem[], channel = ''): string {
  const body = items.map(
    ({ title, link, guid, extra = '' }) =>
      `<item><title>${title}</title>${link ? `<link>${link}</link>` : ''}${guid ? `<guid>${guid}</guid>` : ''}${extra}</item>`
  )
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Town news</title>${channel}${body.join('')}</channel></rss>`
}

export function atom(entries: string, attributes = ''): string {
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>Court news</title>${entries}</feed>`
}

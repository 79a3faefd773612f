import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { FeedEntry } from '../../src/model/feed.js'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.js'
import { ARTICLES, type OutletKey, type Told } from './articles.js'

/** Who tells, and in which format. */
export const OUTLETS = {
  wire: { title: 'Northern Wire', kind: 'news', lang: 'en', format: 'rss' },
  courier: { title: 'Harbour Courier', kind: 'news', lang: 'en', format: 'atom' },
  ledger: { title: 'The Civic Ledger', kind: 'news', lang: 'en', format: 'json' },
  herald: { title: 'Prairie Herald', kind: 'news', lang: 'en', format: 'rss' },
  watch: { title: 'Lens Watch', kind: 'ngo', lang: 'en', format: 'rss' },
  bar: { title: 'Privacy Bar Notes', kind: 'news', lang: 'en', format: 'atom' },
  garante: { title: 'Garante Privacy Notices', kind: 'regulator', lang: 'it', format: 'rss' },
  ico: { title: 'ICO Notices', kind: 'regulator', lang: 'en', format: 'atom' },
  oaic: { title: 'OAIC Determinations', kind: 'regulator', lang: 'en', format: 'rss' },
  cnil: { title: 'Actualités de la CNIL', kind: 'regulator', lang: 'fr', format: 'rss' },
  blatt: { title: 'Morgenblatt', kind: 'news', lang: 'de', format: 'rss' },
  echo: { title: 'Écho du Soir', kind: 'news', lang: 'fr', format: 'rss' },
  faro: { title: 'El Faro Digital', kind: 'news', lang: 'es', format: 'atom' },
  voce: { title: 'La Voce Civica', kind: 'news', lang: 'it', format: 'rss' },
  diario: { title: 'Diário da Ponte', kind: 'news', lang: 'pt', format: 'json' },
  krant: { title: 'De Stadskrant', kind: 'news', lang: 'nl', format: 'rss' }
} as const satisfies Record<string, Pick<FeedEntry, 'title' | 'kind' | 'lang'> & { format: string }>

/** Items that a feed shows, the newest. */
const SHOWN = 30

/** All outlets, each with a host of its own: a bot is slow to ask one host often. */
export class Press {
  private constructor(private readonly servers: ReadonlyMap<OutletKey, FeedServer>) {}

  static async open(now: Date): Promise<Press> {
    const keys = Object.keys(OUTLETS) as OutletKey[]
    const press = new Press(
      new Map(await Promise.all(keys.map(async (key) => [key, await startFeedServer()] as const)))
    )
    press.publish(now)
    return press
  }

  get catalogue(): FeedEntry[] {
    return [...this.servers].map(([key, server]) => {
      const { title, kind, lang } = OUTLETS[key]
      return { url: server.url('/feed'), title, publisher: title, kind, jurisdiction: null, lang }
    })
  }

  /** Every feed shows what was told until then. */
  publish(now: Date): void {
    for (const [key, server] of this.servers) server.set('/feed', { ...render(key, shown(key, now)), etag: true })
  }

  async close(): Promise<void> {
    await Promise.all([...this.servers.values()].map((server) => server.close()))
  }
}

/** Where an article stands; what is told again stands where it was told first. */
export function linkOf(article: Told): string {
  const { outlet, date, title } = article.again ? firstOf(article) : article
  return `${siteOf(outlet)}/${date.slice(0, 10).replaceAll('-', '/')}/${slug(title)}`
}

function guidOf(article: Told): string {
  return article.again === 'link' ? `tag:${article.outlet}.example,2023:${slug(article.date)}` : linkOf(article)
}

function firstOf({ outlet, event }: Told): Told {
  return ARTICLES.find((one) => one.outlet === outlet && one.event === event)!
}

/** Newest first, as feeds are; of one page the last wording only. */
function shown(outlet: OutletKey, now: Date): Told[] {
  const told = ARTICLES.filter((one) => one.outlet === outlet && new Date(one.date) <= now)
  return [...new Map(told.map((one) => [linkOf(one), one])).values()].toReversed().slice(0, SHOWN)
}

function render(key: OutletKey, items: Told[]): { headers: Record<string, string>; body: string } {
  const { title, format } = OUTLETS[key]
  const site = siteOf(key)
  if (format === 'json')
    return { headers: { 'content-type': 'application/feed+json' }, body: asJson(title, site, items) }
  if (format === 'atom')
    return { headers: { 'content-type': 'application/atom+xml' }, body: asAtom(title, site, items) }
  return { headers: { 'content-type': 'application/rss+xml' }, body: asRss(title, site, items) }
}

function asJson(title: string, site: string, items: Told[]): string {
  return JSON.stringify(
    generateJsonFeed({
      title,
      home_page_url: site,
      items: items.map((item) => ({
        id: guidOf(item),
        url: linkOf(item),
        title: item.title,
        content_text: item.text,
        date_published: new Date(item.date)
      }))
    })
  )
}

function asAtom(title: string, site: string, items: Told[]): string {
  return generateAtomFeed({
    id: site,
    title: { value: title },
    updated: new Date(items[0]?.date ?? 0),
    entries: items.map((item) => ({
      id: guidOf(item),
      title: { value: item.title },
      links: [{ href: linkOf(item) }],
      published: new Date(item.date),
      updated: new Date(item.date),
      summary: { value: item.text }
    }))
  })
}

function asRss(title: string, site: string, items: Told[]): string {
  return generateRssFeed({
    title,
    link: site,
    description: title,
    items: items.map((item) => ({
      title: item.title,
      link: linkOf(item),
      guid: { value: guidOf(item), isPermaLink: false },
      pubDate: new Date(item.date),
      description: item.text
    }))
  })
}

function siteOf(outlet: OutletKey): string {
  return `https://${slug(OUTLETS[outlet].title)}.example`
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

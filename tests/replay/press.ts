import { pageOf, renderFeed, siteOf, slug } from '../../src/demo/render.js'
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
  const first = article.again ? firstOf(article) : article
  return pageOf(siteOf(OUTLETS[first.outlet].title), first)
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

function render(key: OutletKey, told: Told[]): { headers: Record<string, string>; body: string } {
  const { title, format } = OUTLETS[key]
  const items = told.map((item) => ({ ...item, link: linkOf(item), guid: guidOf(item) }))
  // Its newest item's time: what says the same twice is not read again.
  const updated = new Date(items[0]?.date ?? 0)
  const { type, body } = renderFeed({ title, format, site: siteOf(title), updated }, items)
  return { headers: { 'content-type': type }, body }
}

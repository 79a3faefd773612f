import { decodeHTML } from 'entities'
import { Parser } from 'htmlparser2'
import { controlMeant, mendMojibake } from './mojibake.js'

/** Longest text of each field of an item, in characters (UTF-16 units). */
export const TEXT_LIMITS = { title: 2000, summary: 700, content: 20_000, id: 2000 } as const

/** Elements whose inside is no text for people. */
const UNREADABLE: ReadonlySet<string> = new Set(['script', 'style', 'applet'])

/** Inline elements; between all others stands at least a space. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' '
  )
)

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

/** Zero-width characters, soft hyphens, bidi embeddings, overrides and isolates, tag characters, lone surrogates. */
const INVISIBLE =
  /[\u00ad\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]|\p{Surrogate}/gu

/** A rough and fast look for the above. */
const MAYBE_INVISIBLE = /[\u00ad\u200b\u202a-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]/

/** How deep HTML may nest before its tags are ignored. */
const MAX_DEPTH = 1000

/**
 * HTML source to plain text: tags and scripts gone, entities replaced, blanks levelled, nothing invisible left, cut at
 * a word with "…" when it is longer than `limit` characters. Linear in the length of the source.
 */
export function htmlToText(source: string, limit: number): string {
  const html = withoutRemains(source)
  if (!/[<&]/.test(html)) return cleanText(html, limit)
  if (!html.includes('<')) return cleanText(decodeHTML(html), limit)
  const pieces: string[] = []
  let unreadable = 0
  let depth = 0
  let length = 0
  const parser = new Parser(
    {
      onopentagname(name) {
        if (++depth > MAX_DEPTH) throw new TooDeep()
        if (UNREADABLE.has(name)) unreadable++
        if (!INLINE.has(name)) pieces.push(' ')
      },
      onclosetag(name) {
        depth--
        if (UNREADABLE.has(name)) unreadable--
        if (!INLINE.has(name)) pieces.push(' ')
      },
      ontext(text) {
        if (unreadable > 0 || length > limit * 8) return
        pieces.push(text)
        length += text.length
      }
    },
    { decodeEntities: true }
  )
  try {
    parser.end(html)
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
  }
  return cleanText(pieces.join(''), limit)
}

/** Without CDATA marks, which stand in text that was wrapped twice; a last `<` that opens no tag is a character. */
function withoutRemains(source: string): string {
  const html = source.includes('<![CDATA[') ? source.replace(/<!\[CDATA\[|\]\]>/g, '') : source
  const open = html.lastIndexOf('<')
  return open === -1 || html.includes('>', open) ? html : `${html.slice(0, open)}&lt;${html.slice(open + 1)}`
}

class TooDeep extends Error {}

/** Plain text made safe to show: no control, zero-width or bidi override characters, single blanks, at most `limit`. */
export function cleanText(text: string, limit: number): string {
  const visible = /[^ -~]/.test(text) ? withoutInvisible(text) : text
  return shorten(visible.replace(/ {2,}/g, ' ').trim(), limit)
}

function withoutInvisible(text: string): string {
  const plain = mendMojibake(text).replace(CONTROLS, (control) => (control < '\u0080' ? '' : controlMeant(control)))
  const visible = MAYBE_INVISIBLE.test(plain) ? plain.replace(INVISIBLE, '') : plain
  return visible.replace(/\s{2,}|[^\S ]/g, ' ')
}

/** Cuts at a word, with "…", so that at most `limit` characters are left; never inside a surrogate pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const head = text.slice(0, limit - 1)
  const blank = head.lastIndexOf(' ')
  const cut = blank > limit / 2 ? head.slice(0, blank) : head.replace(/\p{Surrogate}$/u, '')
  return `${cut.trimEnd()}…`
}

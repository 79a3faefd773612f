import iconv from 'iconv-lite'

/** A document as text, and where its character set was learned from. */
export interface DecodedText {
  text: string
  /** The character set used, lower case. */
  charset: string
  /** Set when what the server or the document said was unusable; for people. */
  warning: string | null
}

/** How far into a document an XML declaration may stand, in bytes. */
const DECLARATION_WINDOW = 1024

const BYTE_ORDER_MARKS: [charset: string, bytes: number[]][] = [
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]]
]

/** What `<` and the character after it look like in wide character sets without a mark (XML 1.0, appendix F). */
const WIDE_STARTS: [charset: string, pattern: (number | null)[]][] = [
  ['utf-32le', [0x3c, 0x00, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0x00, 0x3c]],
  ['utf-16le', [0x3c, 0x00, null, 0x00]],
  ['utf-16be', [0x00, 0x3c, 0x00, null]]
]

/** Labels of wide character sets: false for bytes that have no such shape. */
const WIDE_LABEL = /^(utf[-_]?(16|32)|u(16|32)|(iso-10646-)?ucs[-_]?[24]|cs(unicode|ucs4)|unicode$)/

/** Labels that publishers use for a set that is really a larger one. */
const LABELS: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'ks_c_5601-1987': 'cp949',
  'euc-kr': 'cp949',
  'shift-jis': 'shift_jis',
  'x-sjis': 'shift_jis',
  'iso-8859-9': 'windows-1254',
  'iso-8859-8-i': 'iso-8859-8',
  'tis-620': 'windows-874',
  utf8: 'utf-8',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'euc-jisx0213': 'euc-jp',
  shift_jisx0213: 'shift_jis',
  ptcp154: 'pt154'
}

/**
 * Bytes to text: byte order mark, the shape of a wide character set, the charset of the Content-Type header, the XML
 * declaration, a UTF-8 check, windows-1252, in that order. Text that is valid UTF-8 beyond ASCII is UTF-8 whatever a
 * header or declaration says: other sets hardly ever look like it, and mislabelled UTF-8 is common.
 */
export function decodeDocument(bytes: Uint8Array, contentType: string | null = null): DecodedText {
  const mark = BYTE_ORDER_MARKS.find(([, start]) => start.every((byte, at) => bytes[at] === byte))
  if (mark) return { text: iconvDecode(bytes.subarray(mark[1].length), mark[0]), charset: mark[0], warning: null }

  const wide = WIDE_STARTS.find(([, pattern]) => pattern.every((byte, at) => byte === null || bytes[at] === byte))
  if (wide) return { text: iconvDecode(bytes, wide[0]), charset: wide[0], warning: null }

  const utf8 = measureUtf8(bytes)
  if (utf8.broken === 0 && utf8.wide > 0) return { text: iconvDecode(bytes, 'utf-8'), charset: 'utf-8', warning: null }

  const said = [charsetOfHeader(contentType), charsetOfDeclaration(bytes)].filter((label) => label !== null)
  for (const label of said) {
    const charset = LABELS[label] ?? label
    if (charset === 'utf-8' || WIDE_LABEL.test(charset)) continue
    const text = tryDecode(bytes, charset)
    if (text !== null) return { text, charset, warning: null }
  }
  if (utf8.broken === 0) return { text: iconvDecode(bytes, 'utf-8'), charset: 'utf-8', warning: null }
  return guess(bytes, utf8, said)
}

/** Neither label nor bytes are right: mostly UTF-8 with a few broken bytes (a cut, a pasted word), or windows-1252. */
function guess(bytes: Uint8Array, utf8: { wide: number; broken: number }, said: string[]): DecodedText {
  const charset = utf8.wide > utf8.broken * 4 ? 'utf-8' : 'windows-1252'
  const claim = said.length > 0 ? `says ${said.join(' and ')}` : 'names no character set'
  const warning = `the document ${claim}, but is not valid UTF-8: read as ${charset}`
  return { text: iconvDecode(bytes, charset), charset, warning }
}

function charsetOfHeader(contentType: string | null): string | null {
  const label = /charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1]
  return label?.toLowerCase() ?? null
}

function charsetOfDeclaration(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, DECLARATION_WINDOW)).toString('latin1')
  return /<\?xml\b[^>]*?\bencoding\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)?.[1]?.toLowerCase() ?? null
}

/** Null when no decoder here knows the set. */
function tryDecode(bytes: Uint8Array, charset: string): string | null {
  if (/^(base64|hex|binary|ucs)/.test(charset)) return null
  if (iconv.encodingExists(charset)) return iconvDecode(bytes, charset)
  try {
    // ISO-2022-JP and a few more are known to ICU only.
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return null
  }
}

/** iconv-lite, because Node 20's TextDecoder maps 0x80-0x9F of windows-1252 to control characters. */
function iconvDecode(bytes: Uint8Array, charset: string): string {
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset)
}

/** Counts sequences of several bytes that are valid UTF-8, and bytes that are not. */
function measureUtf8(bytes: Uint8Array): { wide: number; broken: number } {
  let wide = 0
  let broken = 0
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!
    if (byte < 0x80) {
      at++
      continue
    }
    const length =
      byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0
    let good = length > 0 && at + length <= bytes.length
    for (let next = 1; good && next < length; next++) good = (bytes[at + next]! & 0xc0) === 0x80
    if (good) wide++
    else broken++
    at += good ? length : 1
  }
  return { wide, broken }
}

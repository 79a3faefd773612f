/** 0x80-0x9F of windows-1252; the five bytes that it leaves free stand for themselves. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** What a C1 control character was meant as by somebody who took windows-1252 for Latin-1; '' for the five free ones. */
export function controlMeant(control: string): string {
  const meant = HIGH[control.charCodeAt(0) - 0x80] ?? ''
  return meant === control ? '' : meant
}

/**
 * Undoes text that was UTF-8, read as Latin-1 and written again (`Ã©` for `é`), as some publishers' systems do. Only
 * where the whole text is Latin-1 and makes sense as UTF-8, and as characters that news is written in, so that `CAFÉ»`
 * stays as it is.
 */
export function mendMojibake(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text) || /[^\0-\u00c5\u00ce-\u00ff]/.test(text)) return text
  try {
    return UTF8.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

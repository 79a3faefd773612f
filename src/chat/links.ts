/** Addresses of one message that are looked at; somebody who asks about a list of hundreds means the first ones. */
const MOST_LINKS = 20

/** The web addresses among these, each once, in their order; what is no http(s) address falls away. */
export function webLinks(addresses: readonly unknown[]): string[] {
  const links = addresses.filter((address): address is string => typeof address === 'string' && isWebAddress(address))
  return [...new Set(links)].slice(0, MOST_LINKS)
}

/** The web addresses that stand in a plain text, without the signs that end a sentence around them. */
export function linksInText(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"|\\^`{}]+/gi) ?? []
  return found.map((link) => withoutTail(link))
}

/** `(see https://a.example/x).`: the bracket and the full stop are not the address's; `…/Face_(film)` keeps its own. */
function withoutTail(link: string): string {
  let end = link
  for (;;) {
    const last = end.at(-1) ?? ''
    const closes = last === ')' && !end.includes('(')
    if (!closes && !".,;:!?'*_~]’”»".includes(last)) return end
    end = end.slice(0, -1)
  }
}

function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address)
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Items of a feed: real ones have 10 to 100. */
const ITEMS = 20
const WORDS =
  'harbour council budget school bridge river market museum train winter garden festival hospital library stadium airport road water energy housing'.split(
    ' '
  )

/** Serves as many feeds as the first argument says, none of whose items is about face recognition; each has its ETag. */
const feeds = Array.from({ length: Number(process.argv[2]) }, (_, number) => Buffer.from(feedOf(number)))
const server = createServer((request, response) => {
  const number = Number(request.url!.slice(1))
  const etag = `"feed-${number}"`
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
  response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(feeds[number])
})
server.listen(0, '127.0.0.1', () => process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.on('disconnect', () => process.exit(0))

function feedOf(feed: number): string {
  const items = Array.from({ length: ITEMS }, (_, item) => itemOf(feed * ITEMS + item))
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Paper ${feed}</title><link>http://paper${feed}.example/</link><description>News</description>${items.join('')}</channel></rss>`
}

function itemOf(number: number): string {
  const word = (salt: number) => WORDS[(number * 7 + salt * 13) % WORDS.length]!
  const sentence = (salt: number) =>
    `The ${word(salt)} of the ${word(salt + 1)} was opened on Tuesday after ${number % 17} months, said the head of the ${word(salt + 2)}.`
  return `<item><title>New ${word(1)} plan for the ${word(2)} ${number}</title><link>http://paper.example/news/${number}</link><guid isPermaLink="false">item-${number}</guid><pubDate>Mon, 23 Nov 2026 10:${String(number % 60).padStart(2, '0')}:00 GMT</pubDate><description><![CDATA[<p>${sentence(3)} ${sentence(5)}</p><p>${sentence(7)}</p>]]></description></item>`
}

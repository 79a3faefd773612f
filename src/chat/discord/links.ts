import { linksInText, webLinks } from '../links.js'

/** What is read of a message that somebody asked about. Discord hands its words over with the question, whatever the intents. */
interface ReadableMessage {
  content: string
  embeds: readonly { url?: string | null; title?: string | null; description?: string | null }[]
}

/** The addresses of a message: of its words first, then of its embeds' titles and texts. */
export function linksOf({ content, embeds }: ReadableMessage): string[] {
  const embedded = embeds.flatMap(({ url, description }) => [url, ...linksInMarkdown(description ?? '')])
  return webLinks([...linksInMarkdown(content), ...embedded])
}

/** `[words](https://…)` and bare addresses, in their order; Discord lets `<…>` stand around either. */
function linksInMarkdown(text: string): string[] {
  return linksInText(text.replace(/\]\(<?(https?:\/\/(?:[^\s<>()]|\([^\s<>()]*\))+)>?\)/gi, '] $1 '))
}

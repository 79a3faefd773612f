import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { TaggableText, Tags } from '../model/tags.js'
import { groupStories } from '../stories/group.js'
import { loadTagger } from '../tagging/index.js'
import { type CliCommand, type CliStreams, CliUsageError } from './command.js'

/** One line of input; further fields are let through unread. */
const itemSchema = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string(),
  text: z.string().nullish(),
  lang: z.string().nullish(),
  published: z.string().nullish()
})

interface TaggedItem {
  id: string | number
  input: TaggableText
  tags: Tags
}

/** `facelaw tag`: JSON lines in, tags out, in the same order (README, "Tagging from the command line"). */
export const tagCommand: CliCommand = {
  name: 'tag',
  summary: 'tag items from standard input, one JSON object a line',
  usage: `facelaw tag < items.jsonl > tags.jsonl

Reads {"id","title","text","lang"?,"published"?}, one JSON object a line, and writes the tags of each as one line, in the same order.
Lines that cannot be read are named on standard error; the others are tagged all the same, and the exit code is 1.`,
  run
}

async function run(argv: string[], io: CliStreams): Promise<number> {
  if (argv.length > 0) throw new CliUsageError(`tag reads standard input and takes no "${argv[0]}": pipe the items in`)
  const tagger = loadTagger()
  const tagged: TaggedItem[] = []
  let faults = 0
  let number = 0
  for await (const line of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (line.trim() === '') continue
    const item = readItem(line)
    if (typeof item === 'string') {
      faults++
      io.stderr.write(`line ${number}: ${item}; it was left out, the other lines are tagged\n`)
      continue
    }
    tagged.push({ ...item, tags: tagger.tag(item.input) })
  }
  const stories = groupStories(tagged.map(({ input, tags }) => ({ ...input, tags })))
  for (const [at, { id, tags }] of tagged.entries()) {
    const { relevant, score, companies, jurisdictions, kind, stage, lang, evidence } = tags
    const out = { id, relevant, score, companies, jurisdictions, kind, stage, lang, story: stories[at], evidence }
    if (!io.stdout.write(`${JSON.stringify(out)}\n`)) await new Promise((resolve) => io.stdout.once('drain', resolve))
  }
  return faults > 0 ? 1 : 0
}

/** The item, or in words what is wrong with the line. */
function readItem(line: string): { id: string | number; input: TaggableText } | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return `not JSON (${(error as Error).message})`
  }
  const read = itemSchema.safeParse(value)
  if (!read.success) {
    const issue = read.error.issues[0]!
    return `${issue.path.join('.') || 'the line'}: ${issue.message} (expected {"id","title","text","lang"?,"published"?})`
  }
  const { id, title, text, lang, published } = read.data
  return { id, input: { title, text: text ?? '', ...(lang ? { lang } : {}), ...(published ? { published } : {}) } }
}

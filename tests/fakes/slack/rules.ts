import { z } from 'zod'

/**
 * Block Kit as Slack checks it, for what a message may hold: closed objects, every documented limit (@slack/types doc
 * comments, docs.slack.dev/reference/block-kit), and the undocumented one on all texts together.
 */

const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() })
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() })
const textObject = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)])
const httpUrl = z
  .string()
  .max(3000)
  .refine((url) => /^https?:\/\/[^\s<>|]+$/.test(url), 'not an http(s) address')
const blockId = z.string().min(1).max(255).optional()

const richStyle = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional()
  })
  .optional()
const richElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: richStyle }),
  z.strictObject({
    type: z.literal('link'),
    url: httpUrl,
    text: z.string().min(1).optional(),
    unsafe: z.boolean().optional(),
    style: richStyle
  })
])
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richElement).min(1) })
const richList = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: z.array(richSection).min(1),
  indent: z.number().int().min(0).max(8).optional()
})

const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: z.string().min(1).max(255),
  value: z.string().max(2000).optional(),
  url: httpUrl.optional(),
  style: z.enum(['primary', 'danger']).optional()
})

const block = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('rich_text'),
    block_id: blockId,
    elements: z.array(z.discriminatedUnion('type', [richSection, richList])).min(1)
  }),
  z
    .strictObject({
      type: z.literal('section'),
      block_id: blockId,
      text: textObject(3000).optional(),
      fields: z.array(textObject(2000)).min(1).max(10).optional()
    })
    .refine((section) => section.text || section.fields, 'a section needs text or fields'),
  z.strictObject({ type: z.literal('header'), block_id: blockId, text: plain(150) }),
  z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z.array(textObject(3000)).min(1).max(10)
  }),
  z.strictObject({
    type: z.literal('image'),
    block_id: blockId,
    image_url: httpUrl,
    alt_text: z.string().min(1).max(2000),
    title: plain(2000).optional()
  }),
  z.strictObject({ type: z.literal('divider'), block_id: blockId }),
  z.strictObject({ type: z.literal('actions'), block_id: blockId, elements: z.array(button).min(1).max(25) })
])

const blocks = z.array(block).max(50)

const content = {
  text: z.string().max(40_000).optional(),
  blocks: blocks.optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  thread_ts: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional()
}
const metadata = z.strictObject({
  event_type: z.string().regex(/^\w+$/),
  event_payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
})
const id = z.string().min(1)

/** Arguments by method; the token may stand among them. */
const METHODS: Record<string, z.ZodType> = {
  'chat.postMessage': z.strictObject({ channel: id, ...content, metadata: metadata.optional() }),
  'chat.postEphemeral': z.strictObject({
    channel: id,
    user: id,
    text: content.text,
    blocks: content.blocks,
    thread_ts: content.thread_ts
  }),
  'chat.update': z.strictObject({
    channel: id,
    ts: z.string(),
    text: z.string().max(4000).optional(),
    blocks: content.blocks,
    metadata: metadata.optional()
  }),
  'conversations.history': z.strictObject({
    channel: id,
    cursor: z.string().optional(),
    include_all_metadata: z.boolean().optional(),
    oldest: z.string().optional(),
    limit: z.number().int().max(999).optional()
  }),
  'conversations.replies': z.strictObject({
    channel: id,
    ts: z.string(),
    cursor: z.string().optional(),
    include_all_metadata: z.boolean().optional(),
    oldest: z.string().optional(),
    limit: z.number().int().max(1000).optional()
  }),
  'users.info': z.strictObject({ user: id }),
  'auth.test': z.strictObject({}),
  'apps.connections.open': z.strictObject({}),
  response_url: z.strictObject({
    ...content,
    response_type: z.enum(['in_channel', 'ephemeral']).optional(),
    replace_original: z.boolean().optional(),
    delete_original: z.boolean().optional()
  })
}

/** What is wrong with a call, in Slack's words; null when all is well. `code` is what Slack answers. */
export interface Refusal {
  code: string
  messages: string[]
}

/** Checks the arguments of a method, or of a `response_url`. */
export function check(method: string, args: Record<string, unknown>): Refusal | null {
  const shape = METHODS[method]
  if (!shape) return { code: 'unknown_method', messages: [method] }
  const result = shape.safeParse(args)
  if (!result.success) {
    const issues = result.error.issues.map((issue) => `${issue.message} [json-pointer:/${issue.path.join('/')}]`)
    const inBlocks = result.error.issues.some((issue) => issue.path[0] === 'blocks')
    return { code: inBlocks ? 'invalid_blocks' : 'invalid_arguments', messages: issues }
  }
  return 'blocks' in args || 'text' in args ? checkMessage(args) : null
}

function checkMessage(args: Record<string, unknown>): Refusal | null {
  const list = (args.blocks ?? []) as Record<string, unknown>[]
  if (list.length === 0 && !args.text) return { code: 'no_text', messages: ['no text and no blocks'] }
  const actions = findAll(list, 'action_id')
  if (new Set(actions).size < actions.length)
    return { code: 'invalid_blocks', messages: ['an action_id stands twice in the message'] }
  const length = findAll(list, 'text').reduce((sum, text) => sum + text.length, 0)
  if (length > 12_000) return { code: 'msg_blocks_too_long', messages: [`${length} characters in all blocks`] }
  return null
}

/** Every string under this key, at any depth. */
export function findAll(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => findAll(item, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key && typeof inner === 'string' ? [inner] : findAll(inner, key)
  )
}

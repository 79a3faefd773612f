import { z } from 'zod'
import { KINDS } from '../../model/tags.js'
import { isPartialDate } from '../dates.js'
import { ACTORS, DATE_KINDS, DOUBTS, EFFECTS, RULE_STAGES, STATES } from './model.js'

/** What the YAML files hold, checked field by field; load.ts fills in the defaults. The format in words: ledger/README.md. */

const partialDate = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine(isPartialDate, 'is no date: write it as 2020-06-10, 2020-06 or 2020')

const day = z.string().refine((text) => text.length === 10 && isPartialDate(text), 'is no day: write it as 2020-06-10')

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is no id: use small letters, digits and single hyphens')

/** ISO 3166-1, `EU`, ISO 3166-2, or one of these with `/Place`. */
const placeCode = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?(\/\S.*)?$/, 'is no code of a place: write it as US, US-WA or US-WA/King County')

const source = z.url({ protocol: /^https?$/, error: 'is no address: it must begin with http:// or https://' })

const words = z.string().trim().min(1)

const doubts = z.partialRecord(z.enum(DOUBTS), words).default({})

const duty = z.strictObject({
  what: z.enum(DATE_KINDS),
  date: partialDate,
  known: partialDate.optional(),
  says: words,
  yearly: z.boolean().default(false),
  doubts
})

const common = {
  id,
  known: partialDate.optional(),
  verified: day.optional(),
  sources: z.array(source).default([]),
  doubts,
  settled: words.nullable().default(null),
  corrects: id.nullable().default(null),
  dates: z.array(duty).default([])
}

const position = z.strictObject({
  ...common,
  subject: words,
  state: z.enum(STATES),
  audience: z.array(words).default([]),
  product: words.nullable().default(null),
  scope: z.array(placeCode).default([]),
  since: partialDate,
  'at-latest': z.boolean().default(false),
  end: z
    .strictObject({ date: partialDate.optional(), for: words.optional(), until: words.optional() })
    .nullable()
    .default(null),
  'imposed-by': words.nullable().default(null),
  summary: words
})

const step = z.strictObject({
  stage: z.enum(RULE_STAGES),
  date: z.union([z.literal('never').transform(() => null), partialDate]),
  known: partialDate.optional(),
  moves: partialDate.optional(),
  note: words.nullable().default(null),
  doubts
})

const rule = z.strictObject({
  ...common,
  instrument: words,
  effect: z.enum(EFFECTS),
  actors: z.array(z.enum(ACTORS)).min(1),
  covers: words,
  penalty: words.nullable().default(null),
  steps: z.array(step).min(1),
  supersedes: z.array(id).default([]),
  amends: z.array(id).default([])
})

const event = z.strictObject({
  ...common,
  date: partialDate,
  kind: z.enum(KINDS),
  says: words,
  outcome: words.nullable().default(null),
  places: z.array(placeCode).default([]),
  companies: z.array(words).default([])
})

const company = z.strictObject({
  company: words,
  aliases: z.array(words).default([]),
  parent: words.nullable().default(null),
  subjects: z.record(z.string(), words).default({}),
  positions: z.array(position).default([]),
  events: z.array(event).default([])
})

const place = z.strictObject({
  place: placeCode,
  name: words,
  aliases: z.array(placeCode).default([]),
  rules: z.array(rule).default([]),
  events: z.array(event).default([])
})

/** ledger/companies/*.yaml */
export const companiesFile = z.array(company)
/** ledger/places/*.yaml */
export const placesFile = z.array(place)
/** ledger/about.yaml */
export const aboutFile = z.strictObject({ gathered: day, 'reaches-to': partialDate, method: words, licence: words })

export type RawCompany = z.infer<typeof company>
export type RawPosition = z.infer<typeof position>
export type RawRule = z.infer<typeof rule>
export type RawEvent = z.infer<typeof event>
export type RawStep = z.infer<typeof step>
export type RawDuty = z.infer<typeof duty>

import type { APIEmbed } from 'discord.js'
import type { MessageBody } from './shapes.js'

/** Limits that Discord's OpenAPI description does not tell, from its documentation (developers/…). */

/** What is wrong with a message; `edit` and webhook answers may leave out everything but what they change. */
export function messageFaults(body: MessageBody, edit = false): string[] {
  const faults: string[] = []
  if ((body.content?.length ?? 0) > 2000) faults.push('content: more than 2000 characters')
  const embeds = body.embeds ?? []
  const components = body.components ?? []
  if (!edit && !body.content && embeds.length === 0) faults.push('empty message (50006)')
  if (embeds.length > 10) faults.push('embeds: more than 10')
  faults.push(...embeds.flatMap(embedFaults))
  const total = embeds.map(embedLength).reduce((sum, length) => sum + length, 0)
  if (total > 6000) faults.push(`embeds: ${total} characters together, 6000 allowed`)
  faults.push(...componentFaults(components))
  if (body.allowed_mentions?.parse?.length !== 0) faults.push('allowed_mentions: parse must be sent, and empty')
  if (body.nonce !== undefined && String(body.nonce).length > 25) faults.push('nonce: more than 25 characters')
  return faults
}

function embedFaults(embed: APIEmbed): string[] {
  const limits: [string, string | undefined, number][] = [
    ['title', embed.title, 256],
    ['url', embed.url, 2048],
    ['description', embed.description, 4096],
    ['footer', embed.footer?.text, 2048],
    ['image', embed.image?.url, 2048],
    ...(embed.fields ?? []).flatMap((field): [string, string, number][] => [
      ['field name', field.name, 256],
      ['field value', field.value, 1024]
    ])
  ]
  const faults = limits.flatMap(([name, text, limit]) => {
    if (text === undefined) return []
    if (text.trim() === '') return [`embed ${name}: empty`]
    return text.length > limit ? [`embed ${name}: more than ${limit} characters`] : []
  })
  if ((embed.fields?.length ?? 0) > 25) faults.push('embed: more than 25 fields')
  for (const url of [embed.url, embed.image?.url]) {
    if (url !== undefined && !/^https?:\/\/\S+$/.test(url)) faults.push(`embed: not a http(s) address: ${url}`)
  }
  const filled = embed.title || embed.description || embed.fields?.length || embed.image || embed.footer
  return filled ? faults : [...faults, 'embed: empty']
}

export function embedLength(embed: APIEmbed): number {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value])
  return [embed.title, embed.description, embed.footer?.text, embed.author?.name, ...fields].join('').length
}

interface Button {
  type?: number
  style?: number
  label?: string
  custom_id?: string
  url?: string
}

function componentFaults(rows: { type: number; components: object[] }[]): string[] {
  const faults: string[] = []
  if (rows.length > 5) faults.push('components: more than 5 rows')
  const buttons = rows.flatMap((row) => row.components as Button[])
  for (const row of rows) {
    if (row.type !== 1) faults.push('components: only action rows without the v2 flag')
    if (row.components.length < 1 || row.components.length > 5) faults.push('components: 1 to 5 buttons a row')
  }
  for (const button of buttons) {
    const id = button.custom_id?.length ?? 0
    if (button.style !== 5 && (id < 1 || id > 100)) faults.push(`button: custom_id of ${id} characters`)
    if (button.style !== 5 && button.url !== undefined) faults.push('button: url and custom_id')
    const label = button.label?.length ?? 0
    if (label < 1 || label > 80) faults.push(`button: label of ${label} characters`)
  }
  const ids = buttons.map((button) => button.custom_id)
  if (new Set(ids).size !== ids.length) faults.push('components: a custom_id stands twice')
  return faults
}

interface CommandBody {
  type?: number
  name: string
  description?: string
  required?: boolean
  autocomplete?: boolean
  choices?: { name: string; value: string | number }[]
  options?: CommandBody[]
}

/** Of type 3: an entry of a message's own menu, which has a name as people write it and nothing else. */
const MENU_ENTRY = 3

export function commandFaults(command: CommandBody): string[] {
  if (command.type === MENU_ENTRY) return menuFaults(command)
  const length = commandLength(command)
  return [...optionFaults(command), ...(length > 8000 ? [`command: ${length} characters, 8000 allowed`] : [])]
}

function menuFaults({ name, description, options }: CommandBody): string[] {
  const faults = name.length < 1 || name.length > 32 ? [`menu entry: name of ${name.length} characters`] : []
  if (description) faults.push(`${name}: an entry of a menu has no description`)
  return options ? [...faults, `${name}: an entry of a menu has no options`] : faults
}

function optionFaults(option: CommandBody): string[] {
  const faults: string[] = []
  const name = option.name
  if (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase()) faults.push(`command name: ${name}`)
  const description = option.description?.length ?? 0
  if (description < 1 || description > 100) faults.push(`${name}: description of ${description} characters`)
  const options = option.options ?? []
  if (options.length > 25) faults.push(`${name}: more than 25 options`)
  if ((option.choices?.length ?? 0) > 25) faults.push(`${name}: more than 25 choices`)
  if (option.choices && option.autocomplete) faults.push(`${name}: choices and autocomplete`)
  const names = options.map((inner) => inner.name)
  if (new Set(names).size !== names.length) faults.push(`${name}: an option stands twice`)
  const firstOptional = options.findIndex((inner) => !inner.required)
  if (firstOptional >= 0 && options.slice(firstOptional).some((inner) => inner.required)) {
    faults.push(`${name}: a required option after an optional one`)
  }
  for (const choice of option.choices ?? []) {
    if (choice.name.length < 1 || choice.name.length > 100) faults.push(`${name}: choice name`)
    if (String(choice.value).length > 100) faults.push(`${name}: choice value`)
  }
  return [...faults, ...options.flatMap(optionFaults)]
}

function commandLength(option: CommandBody): number {
  const own = option.name.length + (option.description?.length ?? 0)
  const choices = (option.choices ?? []).flatMap((choice) => [choice.name, String(choice.value)]).join('').length
  return own + choices + (option.options ?? []).map(commandLength).reduce((sum, length) => sum + length, 0)
}

/** The first response to an interaction: 8 completes an option, 4 is a message. */
export function callbackFaults(body: { type?: number; data?: MessageBody & { choices?: Choice[] } }): string[] {
  if (body.type === 8) return choiceFaults(body.data?.choices ?? [])
  return body.type === 4 ? messageFaults(body.data ?? {}) : []
}

interface Choice {
  name: string
  value: string
}

function choiceFaults(choices: Choice[]): string[] {
  if (choices.length > 25) return ['autocomplete: more than 25 choices']
  return choices.flatMap(({ name, value }) => {
    if (name.length < 1 || name.length > 100) return ['autocomplete: name of 1 to 100 characters']
    return value.length < 1 || value.length > 100 ? ['autocomplete: value of 1 to 100 characters'] : []
  })
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { packageRoot } from '../../../src/package-root.js'

/** Discord's own description of its API, where somebody has put it beside the project. */
const SPEC = join(packageRoot, '..', 'shared', 'specs', 'discord-openapi.json')

/** Fields that clients send and the description has not. */
const TOLERATED = ['tts', 'enforce_nonce', 'type', 'username', 'avatar_url', 'thread_name', 'applied_tags']

type Json = Record<string, unknown>

/** Checks requests and answers against the description. Null where it is not there; the rules by hand remain. */
export interface SpecChecker {
  request(method: string, path: string, body: unknown): string[]
  response(method: string, path: string, status: number, body: unknown): string[]
}

let cached: SpecChecker | null | undefined

export function specChecker(): SpecChecker | null {
  if (cached === undefined) cached = existsSync(SPEC) ? createChecker(JSON.parse(readFileSync(SPEC, 'utf8'))) : null
  return cached
}

function createChecker(spec: { paths: Record<string, Json> }): SpecChecker {
  const requests = createAjv(rewrite(spec, true) as Json)
  const responses = createAjv(rewrite(spec, false) as Json)
  const paths = Object.keys(spec.paths).map((template) => ({ template, pattern: toPattern(template) }))
  // The most literal path comes first: `/messages/@original` before `/messages/{message_id}`.
  paths.sort((one, other) => placeholders(one.template) - placeholders(other.template))

  function operation(method: string, path: string): { pointer: string; operation: Json } | null {
    const found = paths.find(
      ({ template, pattern }) => pattern.test(path) && spec.paths[template]![method.toLowerCase()]
    )
    if (!found) return null
    const pointer = `spec#/paths/${found.template.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`
    return { pointer, operation: spec.paths[found.template]![method.toLowerCase()] as Json }
  }

  return {
    request(method, path, body) {
      const found = operation(method, path)
      if (!found) return [`${method} ${path}: no such operation`]
      if (!dig(found.operation, ['requestBody', 'content', 'application/json', 'schema'])) return []
      return check(requests, `${found.pointer}/requestBody/content/application~1json/schema`, body)
    },
    response(method, path, status, body) {
      const found = operation(method, path)
      if (!found || !dig(found.operation, ['responses', String(status), 'content', 'application/json'])) return []
      return check(responses, `${found.pointer}/responses/${status}/content/application~1json/schema`, body)
    }
  }
}

function createAjv(document: Json): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, logger: false, inlineRefs: false, code: { optimize: false } })
  ajv.addFormat('snowflake', /^(0|[1-9]\d*)$/)
  ajv.addFormat('uri', (text) => URL.canParse(text))
  ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)))
  for (const format of ['int32', 'int64', 'double', 'nonce', 'binary', 'contentEncoding']) ajv.addFormat(format, true)
  ajv.addSchema({ ...document, $id: 'spec' })
  const compiled = new Map<string, ValidateFunction>()
  return (pointer) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: pointer })
    compiled.set(pointer, validate)
    return validate
  }
}

function check(ajv: (pointer: string) => ValidateFunction, pointer: string, body: unknown): string[] {
  const validate = ajv(pointer)
  if (validate(body)) return []
  const deepest = [...(validate.errors ?? [])].sort((one, other) => depth(other) - depth(one))[0]
  return [`${deepest?.instancePath ?? ''} ${deepest?.message ?? 'refused'} ${JSON.stringify(deepest?.params ?? {})}`]
}

function depth(error: ErrorObject): number {
  return error.instancePath.split('/').length
}

/** `oneOf` matches closed objects twice, integers come as digits, and an unknown field must not pass. */
function rewrite(node: unknown, request: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => rewrite(item, request))
  if (node === null || typeof node !== 'object') return node
  const copy: Json = {}
  for (const [key, value] of Object.entries(node)) copy[key === 'oneOf' ? 'anyOf' : key] = rewrite(value, request)
  if (!request) return copy
  if (copy.type === 'object' && isObject(copy.properties) && copy.additionalProperties === undefined) {
    copy.additionalProperties = false
    copy.properties = { ...Object.fromEntries(TOLERATED.map((name) => [name, true])), ...copy.properties }
  }
  const types = ([] as unknown[]).concat(copy.type ?? [])
  if (types.includes('integer') && copy.enum === undefined && copy.allOf === undefined) {
    return { anyOf: [copy, { type: 'string', pattern: '^-?\\d+$' }] }
  }
  return copy
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function dig(node: unknown, keys: string[]): unknown {
  let at = node
  for (const key of keys) at = isObject(at) ? at[key] : undefined
  return at
}

function placeholders(template: string): number {
  return template.split('{').length
}

function toPattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`)
}

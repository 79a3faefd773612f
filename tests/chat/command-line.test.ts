import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Command, UsageError } from '../../src/chat/command.js'
import { bindOptions, parseCommandLine } from '../../src/chat/command-line.js'

function command(name: string, options: Command['options'] = []): Command {
  return {
    name,
    description: '',
    permission: 'anyone',
    options,
    examples: [`${name} something`],
    run: async () => ({ message: { parts: [] } })
  }
}

const commands = [
  command('help'),
  command('latest', [
    { name: 'company', description: '', type: 'company', repeatable: true },
    { name: 'kind', description: '', type: 'kind', choices: ['company-policy', 'legislation'], repeatable: true },
    { name: 'since', description: '', type: 'text' },
    { name: '-words', description: '', type: 'text', repeatable: true },
    { name: 'last', description: '', type: 'number' }
  ]),
  command('search', [{ name: 'words', description: '', type: 'words', positional: true, required: true }]),
  command('feeds', [
    { name: 'action', description: '', type: 'text', positional: true, choices: ['list', 'add'] },
    { name: 'address', description: '', type: 'text', positional: true }
  ])
]

function parse(text: string) {
  const { command: found, args } = parseCommandLine(text, commands)
  return { name: found.name, args: Object.fromEntries(args.names.map((name) => [name, args.all(name)])) }
}

describe('a typed command', () => {
  test.each([
    ['', 'help', {}],
    ['LATEST', 'latest', {}],
    [
      'latest company:Amazon company:"Clearview AI" since:30d',
      'latest',
      { company: ['Amazon', 'Clearview AI'], since: ['30d'] }
    ],
    ['latest company:“Clearview AI”', 'latest', { company: ['Clearview AI'] }],
    ['latest kind:"company policy" -words:drone', 'latest', { kind: ['company-policy'], '-words': ['drone'] }],
    ['search face scans', 'search', { words: ['face scans'] }],
    ['search "face scans" -airport', 'search', { words: ['"face scans" -airport'] }],
    ['feeds add https://a.example/feed?x=1', 'feeds', { action: ['add'], address: ['https://a.example/feed?x=1'] }]
  ])('%s', (text, name, args) => {
    expect(parse(text)).toEqual({ name, args })
  })

  test.each([
    ['latset', /no command "latset"\. Did you mean `latest`\?/],
    ['latest compnay:Amazon', /no option `compnay:`\. Did you mean `company:`\?/],
    ['latest kind:legislatoin', /cannot be "legislatoin"\. Did you mean `legislation`\?/],
    ['latest since:1d since:2d', /given twice/],
    ['latest since:""', /left empty/],
    ['latest last:many', /whole number/],
    ['latest what is this', /does not know what to do with/],
    ['search', /needs <words>/]
  ])('%s is refused with a hint', (text, message) => {
    expect(() => parse(text)).toThrow(message)
    expect(() => parse(text)).toThrow(UsageError)
  })

  test('never fails but by saying what is wrong', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        try {
          parse(text)
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError)
        }
      })
    )
  })
})

describe('typed options of a platform', () => {
  test('commas part repeatable values, not those in quotes', () => {
    const { args } = bindOptions('latest', [{ name: 'company', value: 'Amazon, "Foo, Inc", IBM' }], commands)
    expect(args.all('company')).toEqual(['Amazon', 'Foo, Inc', 'IBM'])
  })

  test('a value that may be given once keeps its commas', () => {
    const { args } = bindOptions('search', [{ name: 'words', value: 'a, b' }], commands)
    expect(args.one('words')).toBe('a, b')
  })
})

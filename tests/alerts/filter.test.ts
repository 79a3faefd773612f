import { describe, expect, test } from '@jest/globals'
import { describeFilter, FILTER_OPTIONS, filterToText, readFilter } from '../../src/alerts/filter.js'
import type { Command } from '../../src/chat/command.js'
import { parseCommandLine } from '../../src/chat/command-line.js'
import { sampleNames } from '../fakes/samples.js'

const command: Command = {
  name: 'pick',
  description: '',
  permission: 'anyone',
  options: FILTER_OPTIONS,
  examples: [],
  run: async () => ({ message: { parts: [] } })
}

function read(line: string) {
  return readFilter(parseCommandLine(`pick ${line}`, [command]).args, sampleNames)
}

describe('a typed filter', () => {
  test('takes canonical names and codes for what people type', () => {
    const filter = read('company:facebook company:amazon jurisdiction:california jurisdiction:US/* kind:legislation')
    expect(filter.companies).toEqual(['Meta', 'Amazon'])
    expect(filter.jurisdictions).toEqual(['US-CA', 'US/*'])
    expect(filter.kinds).toEqual(['legislation'])
  })

  test('names nobody knows get the nearest', () => {
    expect(() => read('company:Microsfot')).toThrow(/“Microsfot”. Did you mean Microsoft\?/)
    expect(() => read('jurisdiction:Califronia')).toThrow(/Did you mean California \(US-CA\)\?/)
  })

  test('is described in words', () => {
    expect(
      describeFilter(read('company:IBM jurisdiction:US/* lang:fr words:"face scans" -words:airport'), sampleNames)
    ).toBe('IBM · United States and all in it (US/*) · in fr · with “face scans” · without “airport”')
    expect(describeFilter(read(''), sampleNames)).toBe('everything')
  })

  test('written down and read again, it is the same', () => {
    const filter = read(
      'company:"Clearview AI" jurisdiction:US-WA kind:litigation words:"face scans" -words:airport lang:de'
    )
    expect(read(filterToText(filter))).toEqual(filter)
  })

  test('words need a letter or a number', () => {
    expect(() => read('words:"!!"')).toThrow(/needs at least one letter/)
  })
})

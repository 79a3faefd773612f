import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { holds } from '../../src/model/jurisdiction.js'
import { placeKeys } from '../../src/store/keys.js'
import { cut, fold, indexable, json, LIMITS, storable } from '../../src/store/text.js'

test('stored text has neither NUL nor half surrogates, and is otherwise the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const stored = storable(`${text}\ud800\0`)
      expect(stored).not.toMatch(/[\0\p{Surrogate}]/u)
      expect(storable(stored)).toBe(stored)
    })
  )
  expect(storable('Zoë 👁')).toBe('Zoë 👁')
  expect(JSON.parse(json({ a: ['\0x', '\ud83d'] }))).toEqual({ a: ['x', '\ufffd'] })
})

test('a cut never leaves half a character', () => {
  expect(cut('ab👁', 3)).toBe('ab\ufffd')
  expect(cut('ab👁', 4)).toBe('ab👁')
})

test('folding leaves words without case and accents, parted by single spaces', () => {
  expect(fold('  L’École — São-Paulo, 3D! ')).toBe('l ecole sao paulo 3d')
})

test('long keys stay apart and fit an index', () => {
  const [one, two] = [`guid:${'x'.repeat(5000)}1`, `guid:${'x'.repeat(5000)}2`]
  expect(indexable(one)).not.toBe(indexable(two))
  expect(indexable(one).length).toBeLessThanOrEqual(LIMITS.key)
  expect(indexable('guid:1')).toBe('guid:1')
})

test('the keys of a place are exactly what may be asked for to get it', () => {
  const places = [
    'US',
    'US-WA',
    'US-WA/Seattle',
    'us-ca/San Francisco',
    'EU',
    'FR',
    'DE-BE/Berlin-Mitte',
    'GB',
    'GB/London',
    'IN'
  ]
  const asked = [...places, 'US/*', 'US-WA/*', 'EU/*', 'GB/*', 'DE/*', 'DE-BE', 'DE-BE/*', 'US-CA', 'FR/*', 'US-CA/San']
  for (const place of places) {
    const keys = placeKeys(place)
    for (const one of asked)
      expect([one, place, keys.includes(`j:${one.toLowerCase()}`)]).toEqual([one, place, holds(one, place)])
  }
})

import { expect, test } from '@jest/globals'
import { remembered } from '../../src/tagging/remembered.js'

test('asks once for a word and gives the same object again', () => {
  const asked: string[] = []
  const lengthOf = remembered((word) => {
    asked.push(word)
    return { length: word.length }
  })
  const first = lengthOf('ban')
  expect(lengthOf(['b', 'an'].join(''))).toBe(first)
  expect(lengthOf('vote')).toEqual({ length: 4 })
  expect(asked).toEqual(['ban', 'vote'])
})

test('holds no more than its bound, however many words come', () => {
  let asked = 0
  const count = remembered((word) => {
    asked++
    return { word }
  })
  const first = count('0')
  for (let i = 1; i <= 100_000; i++) count(String(i))
  expect(count('0')).not.toBe(first)
  expect(asked).toBe(100_002)
})

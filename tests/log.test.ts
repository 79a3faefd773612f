import { expect, test } from '@jest/globals'
import { loggedError } from '../src/log.js'

test('of an error a log has name, message, code, stack and causes, and nothing that a library hung on it', () => {
  const lost = Object.assign(new Error('terminated'), {
    code: '57P01',
    client: { secretKey: 4711, password: 'hunter2' }
  })
  const error = new TypeError('the store failed', { cause: lost })
  const logged = loggedError(error)
  expect(logged).toEqual({
    name: 'TypeError',
    message: 'the store failed',
    stack: error.stack,
    cause: { name: 'Error', message: 'terminated', code: '57P01', stack: lost.stack }
  })
  expect(JSON.stringify(logged)).not.toMatch(/secretKey|hunter2/)
})

test('an error that causes itself is told a few times, and what is no error as text', () => {
  const error = new Error('again')
  error.cause = error
  expect(JSON.stringify(loggedError(error)).match(/"again"/g)).toHaveLength(4)
  expect(loggedError('a word')).toEqual({ name: 'Error', message: 'a word' })
})

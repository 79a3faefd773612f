import { expect, test } from '@jest/globals'
import { cutBackground } from '../../src/stories/background.js'

test.each([
  ['en', 'A day after neighboring Durham banned it, Raleigh waits.', 'A , Raleigh waits.'],
  [
    'en',
    'Spain fined Levante on Wednesday, two weeks after it fined Osasuna.',
    'Spain fined Levante on Wednesday, two .'
  ],
  ['de', 'Zwei Wochen nach dem Verbot in Ulm zögert Bonn, sagt der Rat.', 'Zwei , sagt der Rat.'],
  ['fr', 'Un an après l’interdiction de Nantes, Rennes hésite.', 'Un , Rennes hésite.'],
  [
    'es',
    'Tres meses después de la multa a Osasuna, la agencia sanciona al Levante.',
    'Tres , la agencia sanciona al Levante.'
  ],
  ['it', 'Due giorni dopo lo stop a Como, tocca a Lecco.', 'Due , tocca a Lecco.'],
  ['pt', 'Uma semana após a decisão de Recife, Olinda recua.', 'Uma , Olinda recua.'],
  ['nl', 'Twee dagen na het verbod in Utrecht, twijfelt Breda.', 'Twee , twijfelt Breda.']
])('%s: %s', (lang, text, left) => {
  expect(cutBackground(text, lang)).toBe(left)
})

test('what only sounds like it, and languages that nobody told of, stay whole', () => {
  for (const text of ['Police looked after Durham for days.', 'It ends in 30 days, after a vote.'])
    expect(cutBackground(text, 'en')).toBe(text)
  expect(cutBackground('A day after Durham', 'und')).toBe('A day after Durham')
})

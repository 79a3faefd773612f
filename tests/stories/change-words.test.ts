import { expect, test } from '@jest/globals'
import { isUrgent } from '../../src/alerts/calm.js'
import { endDate, says } from '../../src/stories/change-words.js'

test.each([
  ['en', 'Judge strikes down city’s ban on face scans'],
  ['en', 'Lawmakers repeal facial recognition law'],
  ['fr', 'Le Conseil d’État annule le décret sur la reconnaissance faciale'],
  ['fr', 'Nice : le tribunal lève l’interdiction de la reconnaissance faciale'],
  ['de', 'Gericht kippt Gesetz zur Gesichtserkennung'],
  ['de', 'Senat hebt das Verbot der Gesichtserkennung auf'],
  ['es', 'El tribunal anula la ley de reconocimiento facial'],
  ['it', 'Il tribunale annulla la legge sul riconoscimento facciale'],
  ['pt', 'Tribunal derruba lei do reconhecimento facial'],
  ['nl', 'Rechter vernietigt verordening over gezichtsherkenning']
])('%s: a rule that falls: %s', (_lang, headline) => {
  expect(says('struck-down', headline)).toBe(true)
})

test.each([
  ['en', 'Illinois law on faces takes effect on Friday'],
  ['fr', 'La loi sur la reconnaissance faciale entre en vigueur lundi'],
  ['de', 'Gesetz zur Gesichtserkennung tritt am Montag in Kraft'],
  ['es', 'La ley de reconocimiento facial entra en vigor el lunes'],
  ['it', 'La legge sul riconoscimento facciale entra in vigore lunedì'],
  ['pt', 'Lei do reconhecimento facial entra em vigor na segunda'],
  ['nl', 'Wet op gezichtsherkenning treedt maandag in werking']
])('%s: what may pass quiet hours: %s', (_lang, title) => {
  expect(isUrgent({ title, summary: '' })).toBe(true)
  expect(isUrgent({ title: '', summary: title })).toBe(true)
})

test.each([
  ['en', 'The pause will last until at least June 2021.', 'june 2021'],
  ['en', 'Sales are suspended until June 10, 2021, the company said.', 'june 10, 2021'],
  ['fr', 'La suspension dure jusqu’au 10 juin 2021.', '10 juin 2021'],
  ['de', 'Der Verkauf ist bis zum 10. Juni 2021 ausgesetzt.', '10. juni 2021'],
  ['es', 'La suspensión rige hasta el 10 de junio de 2021.', '10 de junio de 2021'],
  ['it', 'La sospensione vale fino al 10 giugno 2021.', '10 giugno 2021'],
  ['pt', 'A suspensão vale até 10 de junho de 2021.', '10 de junho de 2021'],
  ['nl', 'De verkoop is opgeschort tot en met 10 juni 2021.', '10 juni 2021']
])('%s: a pause and its end: %s', (_lang, text, end) => {
  expect({ pause: says('pause', text), end: endDate(text) }).toEqual({ pause: true, end })
})

test('what says nothing of the kind', () => {
  for (const headline of [
    'Council passes ban on facial recognition',
    'Bundestag berät über Gesichtserkennung',
    'Experten halten Gesetz für verfassungswidrig'
  ])
    expect(says('struck-down', headline)).toBe(false)
  expect(isUrgent({ title: 'Council passes ban on facial recognition', summary: 'It voted 7-2.' })).toBe(false)
  expect(endDate('Since June 2021 the pause has gone on without an end.')).toBeNull()
})

/**
 * Learns the tagger's weights from labelled items and writes them to lexicon/weights/, with the figures that cross-validation gave.
 * `npm run learn [-- --feedback FILE] [-- --answers FILE]`: feedback as lexicon/README.md describes it; answers are the cross-validated
 * tags of the shared development items, one JSON line each, for the scorer beside the project.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Tags } from '../src/model/tags.js'
import { packageRoot } from '../src/package-root.js'
import { type Lexicon, loadLexicon } from '../src/tagging/lexicon.js'
import { MODEL_NAMES } from '../src/tagging/linear-model.js'
import { draft, judge } from '../src/tagging/tagger.js'
import { figures } from './learning/figures.js'
import { type GoldItem, readItems } from './learning/items.js'
import { crossValidate, type Lesson, teach } from './learning/teacher.js'

const FOLDS = 10

const { values } = parseArgs({ options: { feedback: { type: 'string' }, answers: { type: 'string' } } })
const items = readItems(values.feedback ?? process.env.FACELAW_FEEDBACK ?? null)
const lexicon = loadLexicon()
const nameless: Lexicon = loadLexicon({ companies: false })
const lessons: Lesson[] = items.map((item) => ({ item, draft: draft(item, lexicon), nameless: draft(item, nameless) }))
const answers = crossValidate(lessons, FOLDS)
const models = teach(lessons)

const of = (origin: GoldItem['origin']): Lesson[] => lessons.filter(({ item }) => item.origin === origin)
const report = {
  items: { gold: of('gold').length, dev: of('dev').length, feedback: of('feedback').length },
  folds: FOLDS,
  crossValidated: { dev: figures(of('dev'), answers), gold: figures(of('gold'), answers) },
  trainedIn: figures(of('dev'), new Map(lessons.map((lesson) => [lesson, judge(lesson.draft, models)])))
}

const folder = join(packageRoot, 'lexicon', 'weights')
mkdirSync(folder, { recursive: true })
for (const name of MODEL_NAMES) writeFileSync(join(folder, `${name}.json`), printModel(models[name]))
writeFileSync(join(folder, 'figures.json'), `${JSON.stringify(report, null, 2)}\n`)
console.log(JSON.stringify(report, null, 1))

if (values.answers) {
  const lines = [...of('dev'), ...of('gold')].map((lesson) =>
    JSON.stringify({ id: lesson.item.id, ...(answers.get(lesson) as Tags), evidence: undefined })
  )
  writeFileSync(values.answers, `${lines.join('\n')}\n`)
}

/** One weight a line, so that a change of weights can be reviewed. */
function printModel(model: (typeof models)[keyof typeof models]): string {
  const { weights, ...head } = model
  const lines = [...weights].map(([feature, row]) => `    ${JSON.stringify(feature)}: ${JSON.stringify(row)}`)
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "weights": {\n${lines.join(',\n')}\n  }\n}\n`
}

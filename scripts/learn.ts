/**
 * Learns the tagger's weights from labelled items and writes them to lexicon/weights/, with the figures that cross-validation gave
 * (mean and standard deviation over several ways of splitting).
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
import { createJudge, draft } from '../src/tagging/tagger.js'
import { figures, meanAndSpread } from './learning/figures.js'
import { type GoldItem, readItems } from './learning/items.js'
import { crossValidate, type Lesson, teach } from './learning/teacher.js'

const FOLDS = 10
/** Cross-validation is done with this many ways of splitting into folds: one alone is off by a percent or two by luck. */
const SPLITS = 3

const { values } = parseArgs({ options: { feedback: { type: 'string' }, answers: { type: 'string' } } })
const items = readItems(values.feedback ?? process.env.FACELAW_FEEDBACK ?? null)
const lexicon = loadLexicon()
const nameless: Lexicon = loadLexicon({ companies: false })
const lessons: Lesson[] = items.map((item) => ({ item, draft: draft(item, lexicon), nameless: draft(item, nameless) }))
const splits = Array.from({ length: SPLITS }, (_, seed) => crossValidate(lessons, FOLDS, seed))
const models = teach(lessons)
const judge = createJudge(models)

const of = (origin: GoldItem['origin']): Lesson[] => lessons.filter(({ item }) => item.origin === origin)
const validated = (origin: GoldItem['origin']) => meanAndSpread(splits.map((answers) => figures(of(origin), answers)))
const report = {
  items: { gold: of('gold').length, dev: of('dev').length, feedback: of('feedback').length },
  folds: FOLDS,
  splits: SPLITS,
  crossValidated: { dev: validated('dev').mean, gold: validated('gold').mean },
  spread: { dev: validated('dev').spread, gold: validated('gold').spread },
  trainedIn: figures(of('dev'), new Map(lessons.map((lesson) => [lesson, judge(lesson.draft)])))
}

const folder = join(packageRoot, 'lexicon', 'weights')
mkdirSync(folder, { recursive: true })
for (const name of MODEL_NAMES) writeFileSync(join(folder, `${name}.json`), printModel(models[name]))
writeFileSync(join(folder, 'figures.json'), `${JSON.stringify(report, null, 2)}\n`)
console.log(JSON.stringify(report, null, 1))

if (values.answers) {
  const lines = [...of('dev'), ...of('gold')].map((lesson) =>
    JSON.stringify({ id: lesson.item.id, ...(splits[0]!.get(lesson) as Tags), evidence: undefined })
  )
  writeFileSync(values.answers, `${lines.join('\n')}\n`)
}

/** One weight a line, so that a change of weights can be reviewed. */
function printModel(model: (typeof models)[keyof typeof models]): string {
  const { weights, ...head } = model
  const lines = [...weights].map(([feature, row]) => `    ${JSON.stringify(feature)}: ${JSON.stringify(row)}`)
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "weights": {\n${lines.join(',\n')}\n  }\n}\n`
}

export type { Company } from './companies.js'
export { type Jurisdiction, type Lexicon, loadLexicon } from './lexicon.js'
export { loadTagger, type Tagger } from './tagger.js'

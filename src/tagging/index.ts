export type { Company } from './companies.js'
export { type Lexicon, loadLexicon } from './lexicon.js'
export type { Jurisdiction } from './lookup.js'
export { loadTagger, type Tagger } from './tagger.js'

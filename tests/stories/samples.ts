import { IMPLIED_PLACE, type Kind, type Stage, type Tags } from '../../src/model/tags.js'
import type { GroupItem } from '../../src/stories/group.js'
import { type Signature, takeApart } from '../../src/stories/signature.js'

/** What a sample says; the rest is filled in. */
export interface Sample {
  title: string
  text?: string
  companies?: string[]
  places?: string[]
  /** Its language alone says so. */
  placeImplied?: boolean
  kind?: Kind
  stage?: Stage
  lang?: string
  published?: string
}

/** An item of a batch with the tags that a right tagger would give. */
export function item(sample: Sample): GroupItem {
  const tags: Tags = {
    relevant: true,
    score: 0.9,
    companies: sample.companies ?? [],
    jurisdictions: sample.places ?? [],
    kind: sample.kind ?? 'legislation',
    stage: sample.stage ?? null,
    lang: sample.lang ?? 'en',
    evidence: sample.placeImplied ? impliedPlaces(sample) : []
  }
  const published = sample.published === undefined ? {} : { published: sample.published }
  return { title: sample.title, text: sample.text ?? '', tags, ...published }
}

function impliedPlaces({ places = [] }: Sample): Tags['evidence'] {
  return places.map((code) => ({
    tag: `jurisdiction:${code}`,
    field: 'title',
    start: 0,
    end: 1,
    reason: IMPLIED_PLACE
  }))
}

/** The same, taken apart for the scorer. */
export function signed(sample: Sample): Signature {
  const { title, text, tags, published } = item(sample)
  const { companies, jurisdictions, kind, stage, lang } = tags
  return takeApart({
    title,
    text,
    companies,
    jurisdictions,
    placeImplied: sample.placeImplied ?? false,
    kind,
    stage,
    lang,
    published: published === undefined ? null : Date.parse(published),
    seenAt: null
  })
}

export const tacomaPasses: Sample = {
  title: 'Tacoma council bans face recognition by city departments',
  text: 'The Tacoma City Council voted 8-1 on Tuesday for an ordinance that keeps city departments, the police among them, from buying or using face recognition. Councilmember Olgy Diaz, its sponsor, called the technology a risk to immigrant neighborhoods.',
  places: ['US-WA/Tacoma'],
  stage: 'passed',
  published: '2021-06-09'
}

export const tacomaPassesElsewhere: Sample = {
  title: 'No face scans for Tacoma police after 8-1 vote',
  text: 'Police and every other agency of Tacoma lose the use of facial recognition under an ordinance by Olgy Diaz that passed with eight votes to one on Tuesday night. The lone dissenter wanted an exception for missing children.',
  places: ['US-WA/Tacoma'],
  stage: 'passed',
  published: '2021-06-10'
}

export const tacomaRepeals: Sample = {
  title: 'Tacoma council repeals its face recognition ban',
  text: 'A year after it outlawed face recognition, the Tacoma City Council undid the ordinance on Tuesday. Police may use the technology again in cases of violent crime, with a report to the council every quarter.',
  places: ['US-WA/Tacoma'],
  stage: 'loosened',
  published: '2022-07-13'
}

export const frenchFine: Sample = {
  title: 'La CNIL inflige 20 millions d’euros d’amende à Clearview AI',
  text: 'La présidente Marie-Laure Denis a annoncé jeudi 20 octobre que la société américaine devra effacer les visages de personnes situées en France, sous astreinte de 100 000 euros par jour.',
  companies: ['Clearview AI'],
  places: ['FR'],
  kind: 'enforcement',
  lang: 'fr',
  published: '2022-10-20'
}

export const frenchFineInEnglish: Sample = {
  title: 'France fines Clearview AI €20 million over scraped faces',
  text: 'The watchdog CNIL, chaired by Marie-Laure Denis, told the facial recognition company on October 20 to delete pictures of people in France or pay 100,000 euros for each day of delay.',
  companies: ['Clearview AI'],
  places: ['FR'],
  kind: 'enforcement',
  published: '2022-10-21'
}

export const greekFine: Sample = {
  title: 'Greece fines Clearview AI €20 million over scraped faces',
  text: 'The Hellenic data protection authority told the facial recognition company on July 13 to delete pictures of people in Greece, after a complaint by Homo Digitalis.',
  companies: ['Clearview AI'],
  places: ['GR'],
  kind: 'enforcement',
  published: '2022-07-13'
}

/** Two vague tellings of one event, and of another in the same town that is as near to both. */
export const libraryGates: Sample = {
  title: 'Lahti ends trial of face gates in libraries',
  text: 'Readers will show a card again, the Finnish city said on Tuesday. The camera gates had let members in by face since spring.',
  places: ['FI'],
  kind: 'guidance'
}

export const libraryGatesInGerman: Sample = {
  title: 'Finnland: Lahti schafft Gesichtserkennung in Büchereien ab',
  text: 'Der Versuch ist vorbei. Leserinnen und Leser zeigen wieder eine Karte.',
  places: ['FI'],
  kind: 'company-policy',
  lang: 'de'
}

export const poolGates: Sample = {
  title: 'À Lahti, la piscine municipale ouvre ses portes au visage',
  text: 'Les abonnés entrent sans carte depuis lundi, annonce la ville finlandaise.',
  places: ['FI'],
  kind: 'other',
  lang: 'fr'
}

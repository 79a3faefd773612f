import { describe, expect, test } from '@jest/globals'
import type { Kind, Stage } from '../../src/model/tags.js'
import { loadTagger } from '../../src/tagging/index.js'

const tagger = loadTagger()

interface Example {
  why: string
  title: string
  text: string
  kind: Kind
  stage?: Stage
}

/** Who does what decides the kind: one example a ruling of the labelling guide, in words that no gold item has. */
const EXAMPLES: Example[] = [
  {
    why: 'a group that complains to a regulator campaigns',
    title: 'Digital rights group files complaint over face recognition at stations',
    text: 'The association has lodged a complaint with the data protection authority and demands that the facial recognition cameras be switched off.',
    kind: 'advocacy'
  },
  {
    why: 'lawmakers who write a letter campaign',
    title: 'Senators urge agencies to stop using facial recognition',
    text: 'In a letter, eight senators urged the heads of four agencies to end their use of facial recognition technology.',
    kind: 'advocacy'
  },
  {
    why: 'who urges a veto does not veto',
    title: 'Trade group urges governor to veto facial recognition bill',
    text: 'The association of security firms calls on the governor to veto the bill, which it says goes too far on facial recognition.',
    kind: 'advocacy'
  },
  {
    why: 'the attorney general in court litigates',
    title: 'Attorney general sues retailer over facial recognition',
    text: 'The lawsuit says that the chain collected faceprints of shoppers without consent and broke the biometric privacy law.',
    kind: 'litigation'
  },
  {
    why: 'the end of a suit is a matter of courts',
    title: 'Photo site agrees to settle facial recognition class action for $40 million',
    text: 'A judge gave preliminary approval to the settlement of the lawsuit over faceprints.',
    kind: 'litigation'
  },
  {
    why: 'a regulator that warns enforces',
    title: 'Privacy regulator warns supermarket over facial recognition',
    text: 'The commissioner has ordered the chain to stop processing faces and may impose a fine.',
    kind: 'enforcement'
  },
  {
    why: 'a company that stops decides for itself',
    title: 'Camera maker will no longer sell facial recognition to police',
    text: 'The company said it will stop selling the software to law enforcement until there is a federal law.',
    kind: 'company-policy'
  },
  {
    why: 'a police force that limits itself guides',
    title: 'Police department adopts policy on facial recognition',
    text: 'Under the new policy officers may use facial recognition in serious cases only, and a match is no ground for an arrest, the police chief said.',
    kind: 'guidance'
  },
  {
    why: 'a national auditor guides',
    title: 'Audit finds no oversight of police facial recognition',
    text: 'The auditor general’s report recommends that the agency set standards for the use of facial recognition.',
    kind: 'guidance'
  },
  {
    why: 'a bill before the house is proposed',
    title: 'Lawmakers introduce bill to limit facial recognition',
    text: 'The bill, introduced on Monday, would require police to get a warrant before they use facial recognition. It now goes to committee.',
    kind: 'legislation',
    stage: 'proposed'
  },
  {
    why: 'a bill put off has fallen for now',
    title: 'Facial recognition ban shelved as committee postpones vote',
    text: 'The bill to ban facial recognition will not advance this year: the committee postponed it indefinitely.',
    kind: 'legislation',
    stage: 'rejected'
  },
  {
    why: 'a law in force has passed',
    title: 'City’s ban on facial recognition takes effect',
    text: 'The ordinance, which the council adopted last autumn, bars city departments from facial recognition from today.',
    kind: 'legislation',
    stage: 'passed'
  },
  {
    why: 'a ban undone is loosened',
    title: 'City council repeals ban on facial recognition',
    text: 'The council voted to lift the ban and lets police use facial recognition again.',
    kind: 'legislation',
    stage: 'loosened'
  },
  {
    why: 'what one chamber has adopted has passed, whatever is to come',
    title: 'Senate passes facial recognition bill, House is next',
    text: 'Senators approved the bill on police use of facial recognition by 30 votes to 12 on Monday. It now goes to the House.',
    kind: 'legislation',
    stage: 'passed'
  },
  {
    why: 'a clause taken out of a draft has fallen',
    title: 'Minister takes facial recognition out of police bill',
    text: 'The clause that would have allowed facial recognition was struck from the draft after criticism by the coalition partner.',
    kind: 'legislation',
    stage: 'rejected'
  },
  {
    why: 'a law that narrows a limit loosens',
    title: 'Governor signs bill that narrows limits on facial recognition',
    text: 'Police no longer need a warrant to search for a face under the law, which weakens the ban of 2021.',
    kind: 'legislation',
    stage: 'loosened'
  },
  {
    why: 'de: ein Ja der einen Kammer',
    title: 'Nationalrat sagt Ja zum Verbot der Gesichtserkennung',
    text: 'Die grosse Kammer hat das Gesetz am Dienstag mit 110 zu 80 Stimmen angenommen. Nun geht es an den Ständerat.',
    kind: 'legislation',
    stage: 'passed'
  },
  {
    why: 'fr: un amendement écarté',
    title: 'L’Assemblée écarte la reconnaissance faciale dans les gares',
    text: 'L’amendement, qui aurait autorisé la reconnaissance faciale, a été rejeté dans la nuit par 60 voix contre 51.',
    kind: 'legislation',
    stage: 'rejected'
  },
  {
    why: 'es: un acuerdo de pago',
    title: 'Una cadena acuerda pagar dos millones por el reconocimiento facial',
    text: 'La demanda colectiva de los clientes termina con un acuerdo: la empresa pagará por haber registrado sus rostros sin permiso.',
    kind: 'litigation'
  },
  {
    why: 'fr: une plainte d’association',
    title: 'Une association dépose plainte devant la CNIL contre la reconnaissance faciale',
    text: 'L’ONG demande à l’autorité d’interdire les caméras de reconnaissance faciale dans les gares.',
    kind: 'advocacy'
  },
  {
    why: 'de: ein Kommentar',
    title: 'Kommentar: Gesichtserkennung muss verboten werden',
    text: 'Der Staat sollte die Gesichtserkennung im öffentlichen Raum verbieten, fordert der Verein.',
    kind: 'advocacy'
  },
  {
    why: 'es: una multa',
    title: 'La AEPD multa a una cadena por el reconocimiento facial',
    text: 'La Agencia Española de Protección de Datos impuso una sanción de 500.000 euros por tratar datos biométricos sin consentimiento.',
    kind: 'enforcement'
  },
  {
    why: 'it: un appello',
    title: 'Le associazioni chiedono di vietare il riconoscimento facciale',
    text: 'In una lettera aperta le organizzazioni invitano il governo a vietare il riconoscimento facciale nei luoghi pubblici.',
    kind: 'advocacy'
  },
  {
    why: 'pt: um projeto',
    title: 'Deputada apresenta projeto de lei que proíbe reconhecimento facial',
    text: 'O projeto de lei, apresentado na Assembleia, proíbe o uso de reconhecimento facial pela polícia e será analisado em comissão.',
    kind: 'legislation',
    stage: 'proposed'
  },
  {
    why: 'nl: een boete',
    title: 'Autoriteit Persoonsgegevens legt boete op voor gezichtsherkenning',
    text: 'De toezichthouder beboet de winkelketen omdat klanten zonder toestemming door gezichtsherkenning gingen.',
    kind: 'enforcement'
  }
]

describe('the kind and stage of a story', () => {
  test.each(EXAMPLES)('$why', ({ title, text, kind, stage }) => {
    const tags = tagger.tag({ title, text })
    expect({ kind: tags.kind, stage: tags.stage }).toEqual({ kind, stage: stage ?? null })
  })
})

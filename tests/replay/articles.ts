import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { OUTLETS } from './press.js'

export type OutletKey = keyof typeof OUTLETS

/** One telling of the replay; `events/*.yaml` hold them, in our own words. */
export interface Told {
  outlet: OutletKey
  /** ISO 8601, UTC. */
  date: string
  /** The event that it tells; null: none that anybody follows. */
  event: string | null
  title: string
  text: string
  /** It tells a step that those who know the event must hear of. */
  change: boolean
  /** It stands for this outlet's first telling of the event: under its guid, or under its link with a guid of its own. */
  again: 'guid' | 'link' | null
}

type Line = [OutletKey, string, string, string, { change?: boolean; again?: 'guid' | 'link' }?]

const folder = new URL('events/', import.meta.url)

/** All of them, oldest first. */
export const ARTICLES: Told[] = readdirSync(folder)
  .flatMap((file) => parse(readFileSync(new URL(file, folder), 'utf8')) as { event: string | null; told: Line[] }[])
  .flatMap(({ event, told }) => told.map((line) => readLine(event, line)))
  .sort((a, b) => a.date.localeCompare(b.date))

function readLine(event: string | null, [outlet, date, title, text, special]: Line): Told {
  return {
    outlet,
    date: `${date}:00Z`,
    event,
    title,
    text,
    change: special?.change ?? false,
    again: special?.again ?? null
  }
}

import type { Arguments } from './command.js'

/** The arguments as somebody would type them, for buttons that give the command again. */
export function argumentsToText(args: Arguments): string {
  return args.names.flatMap((name) => args.all(name).map((value) => `${name}:${quoteIfNeeded(value)}`)).join(' ')
}

/** Quotes a value that holds white space. Quotes inside would end it early: search words keep theirs by turning them round. */
export function quoteIfNeeded(value: string): string {
  return /\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}

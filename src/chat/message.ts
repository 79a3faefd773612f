/**
 * The neutral message: what the core writes and every platform renders whole, within its own limits, escaped.
 * Text in here is plain: no platform's markup, and hostile until the renderer has escaped it.
 */

/** A stretch of text in one style. A bare string is plain text. */
export type Run = string | { text: string; style?: 'bold' | 'italic' | 'code' | 'strike'; link?: string }
export type Text = string | Run[]

export type Part =
  /** A paragraph. */
  | { type: 'text'; text: Text }
  /** A heading inside the message. */
  | { type: 'heading'; text: string }
  /** Short names with short values, side by side where the platform can. */
  | { type: 'fields'; fields: { name: string; value: Text }[] }
  | { type: 'list'; items: Text[]; ordered?: boolean }
  /** Small print: outlet, age, source. */
  | { type: 'context'; text: Text }
  | { type: 'image'; url: string; alt: string }
  | { type: 'divider' }

/** Longest `action` of a button: Discord's custom_id (developers/components/reference). */
export const ACTION_LENGTH = 100

export interface Button {
  label: string
  /** What the core is told when it is pressed: `verb` or `verb:argument`, at most ACTION_LENGTH characters. */
  action: string
  style?: 'primary' | 'danger'
}

export interface Message {
  /** The headline; with `link` it is the way to the source. */
  title?: { text: string; link?: string }
  parts: Part[]
  /** At most 25 (Slack's limit of an actions block; five rows of five on Discord). */
  buttons?: Button[]
  /** A hint for a colour beside the message; nothing is told by colour alone. */
  tone?: 'alert' | 'good' | 'bad' | 'quiet'
}

/** The text of a `Text`, without its styles and links. */
export function plainText(text: Text): string {
  return typeof text === 'string' ? text : text.map((run) => (typeof run === 'string' ? run : run.text)).join('')
}

/** A message of one paragraph. */
export function textMessage(text: Text, rest: Omit<Message, 'parts'> = {}): Message {
  return { parts: [{ type: 'text', text }], ...rest }
}

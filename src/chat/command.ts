import type { Channel, Workspace } from '../model/subscription.js'
import type { Actor, MessageRef, Reply, Suggestion } from './platform.js'

/** What values an option takes; Discord offers choices or autocomplete for all but `text`, `words` and `number`. */
export type OptionType =
  | 'text'
  /** Search words: quotes around phrases are kept. */
  | 'words'
  | 'number'
  | 'company'
  | 'jurisdiction'
  | 'kind'
  | 'stage'
  | 'language'
  | 'zone'
  | 'subscription'

export interface CommandOption {
  /** As typed before the colon, and as Discord names it: lower case, at most 32 characters. */
  name: string
  /** At most 100 characters (Discord). */
  description: string
  type: OptionType
  /** Filled by bare words, in the order of the options; the last one takes all that is left. */
  positional?: boolean
  required?: boolean
  /** May be given more than once; on Discord, values parted by commas. */
  repeatable?: boolean
  /** A closed list of at most 25 values. */
  choices?: readonly string[]
}

/** What was given for each option, by option name; repeated ones in order. Values are checked against `choices`. */
export class Arguments {
  constructor(private readonly values: ReadonlyMap<string, readonly string[]>) {}
  all(name: string): readonly string[] {
    return this.values.get(name) ?? []
  }
  one(name: string): string | undefined {
    return this.values.get(name)?.[0]
  }
  get names(): string[] {
    return [...this.values.keys()]
  }
}

/** All that a command may touch. `Services` is what app.ts puts together; commands never see a platform. */
export interface CommandContext<Services = unknown> {
  services: Services
  actor: Actor
  workspace: Workspace
  channel: Channel
  /** Where the pressed button hung, or the message that was asked about; null when there is none that has an address. */
  message: MessageRef | null
  /** May this person change what the channel gets? Says why not in the error it throws. */
  requireManager(): Promise<void>
  /** The same without an error: for what is shown to those only who may use it. */
  mayManage(): Promise<boolean>
  /** Is this person an admin, whatever the workspace ruled? Throws as well. */
  requireAdmin(): Promise<void>
  now: Date
}

/** An entry of every message's own menu. */
export interface MessageEntry<Services = unknown> {
  /** At most 24 characters (Slack's limit of a shortcut's name; Discord takes 32). manifest.yaml names it, too. */
  label: string
  /** `context.message` is the message; `links` are the addresses in it, in their order. Answers the asker alone. */
  run(context: CommandContext<Services>, links: readonly string[]): Promise<Reply>
}

/** One slash command, written once for every platform. One file each in `commands/`. */
export interface Command<Services = unknown> {
  name: string
  /** One line for lists, at most 100 characters (Discord). */
  description: string
  options: CommandOption[]
  /** `manage` needs Manage Channels on Discord, or what the workspace rules on Slack. */
  permission: 'anyone' | 'manage'
  /** Typed examples for `help`, without the leading `/facelaw`. */
  examples: string[]
  run(context: CommandContext<Services>, args: Arguments): Promise<Reply>
  /** Presses of buttons whose action starts with this command's name and a colon; `argument` is the rest. */
  press?(context: CommandContext<Services>, argument: string): Promise<Reply>
  /** What the menu of any message offers: a message shortcut on Slack, a message command on Discord. */
  onMessage?: MessageEntry<Services>
  /** Values for a half-typed option, best first, at most 25. */
  suggest?(services: Services, option: string, partial: string): Promise<Suggestion[]>
}

/** Wrong use by a person: the text is shown to them as it is. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** A company or place was named that nobody knows. */
export class UnknownName extends UsageError {
  override name = 'UnknownName'
}

import type { FakeInteraction } from '../tests/fakes/discord/fake-discord.js'
import type { Chat } from './channels.js'
import type { Random } from './random.js'

const QUESTIONS = ['status', 'latest', 'help', 'subscriptions', 'deadlines']

/** One command that somebody typed. */
interface Question {
  name: string
  /** No process and no line failed meanwhile: it must be answered. */
  calm: boolean
  /** How often the person was answered. */
  answers(): number
}

/** People who ask something now and then, while all else goes wrong. */
export class People {
  private readonly questions: Question[] = []

  constructor(
    private readonly chat: Chat,
    private readonly random: Random
  ) {}

  /** Somebody types a command on either platform; `calm`: nothing is wrong with it. */
  ask(calm: boolean): void {
    const question = this.random.pick(QUESTIONS)
    if (this.random.next() < 0.5) this.askOnSlack(question, calm)
    else this.askOnDiscord(question, calm)
  }

  /** Both platforms have a line to Facelaw. */
  get heard(): boolean {
    const { slack, discord } = this.chat
    return slack.socket.open().length > 0 && discord.gateway.listening > 0
  }

  get asked(): number {
    return this.questions.length
  }

  /** Asked when all was well, and not answered. */
  unanswered(): string[] {
    return this.questions.filter(({ calm, answers }) => calm && answers() === 0).map(({ name }) => name)
  }

  answeredTwice(): string[] {
    return this.questions.filter(({ answers }) => answers() > 1).map(({ name }) => name)
  }

  private askOnSlack(question: string, calm: boolean): void {
    const { slack } = this.chat
    const id = `U0PERSON${this.questions.length}`
    slack.workspace.addUser({ id, name: id.toLowerCase(), admin: false })
    slack.slashCommand(question, { user: id })
    const answers = () => slack.workspace.messages.filter((message) => message.ephemeralFor === id).length
    this.questions.push({ name: `slack, ${id}: ${question}`, calm, answers })
  }

  private askOnDiscord(question: string, calm: boolean): void {
    const { discord } = this.chat
    // Nobody types where there is no bot: its server is gone just then.
    if (discord.state.guilds.length === 0) return
    const asked = discord.begin(question)
    const answers = () => answersTo(asked)
    this.questions.push({ name: `discord, ${asked.id}: ${question}`, calm, answers })
  }
}

/** "Thinking…" is no answer yet. */
function answersTo({ original, loading, responded, followUps }: FakeInteraction): number {
  return (original && responded !== null && !loading ? 1 : 0) + followUps.length
}

import { UsageError } from '../src/chat/command.js'
import type { Part } from '../src/chat/message.js'
import { nearest } from '../src/chat/nearest.js'
import type { Command } from '../src/services.js'

export const help: Command = {
  name: 'help',
  description: 'What the bot can do, or how one command is used',
  permission: 'anyone',
  options: [
    { name: 'command', description: 'A command to explain, such as subscribe', type: 'text', positional: true }
  ],
  examples: ['help', 'help subscribe'],
  async run({ services }, args) {
    const wanted = args.one('command')?.toLowerCase()
    if (!wanted) return { message: overview(services.commands) }
    const command = services.commands.find((candidate) => candidate.name === wanted)
    if (command) return { message: explain(command) }
    const [guess] = nearest(
      wanted,
      services.commands.map((candidate) => candidate.name),
      1
    )
    throw new UsageError(`There is no command “${wanted}”.${guess ? ` Did you mean \`help ${guess}\`?` : ''}`)
  }
}

function overview(commands: readonly Command[]) {
  const parts: Part[] = [
    { type: 'text', text: 'I watch news feeds for rules on facial recognition and post what this channel asked for.' },
    {
      type: 'list',
      items: commands.map((command) => [{ text: `/facelaw ${command.name}`, style: 'code' }, ` ${command.description}`])
    },
    {
      type: 'text',
      text: [
        'To begin: ',
        { text: '/facelaw subscribe jurisdiction:US/* kind:legislation', style: 'code' },
        '. More on one: ',
        { text: '/facelaw help subscribe', style: 'code' }
      ]
    }
  ]
  return { title: { text: 'Facelaw' }, parts }
}

function explain(command: Command) {
  const parts: Part[] = [{ type: 'text', text: `${command.description}.` }]
  if (command.options.length > 0) {
    parts.push({
      type: 'list',
      items: command.options.map((option) => [
        { text: option.positional ? `<${option.name}>` : `${option.name}:`, style: 'code' },
        ` ${option.description}${option.choices ? ` (${option.choices.join(', ')})` : ''}${option.required ? ' — needed' : ''}${option.repeatable ? ' — may be repeated' : ''}`
      ])
    })
  }
  parts.push({ type: 'heading', text: 'Examples' })
  parts.push({
    type: 'list',
    items: command.examples.map((example) => [{ text: `/facelaw ${example}`, style: 'code' }])
  })
  if (command.permission === 'manage') {
    parts.push({
      type: 'context',
      text: 'Changes what the channel gets: on Discord it needs Manage Channels, on Slack what the workspace rules.'
    })
  }
  return { title: { text: `/facelaw ${command.name}` }, parts }
}

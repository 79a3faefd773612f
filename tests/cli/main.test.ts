import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { facelawIn, type Outcome, type Ways } from './facelaw.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facelaw-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function facelaw(args: string[], ways: Ways = {}): Promise<Outcome> {
  return facelawIn(folder, args, ways)
}

describe('the command line', () => {
  test('names itself and its subcommands', async () => {
    expect((await facelaw(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const help = await facelaw(['--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const name of ['run', 'demo', 'ask', 'tag', 'check-feed', 'import', 'export', 'status', 'doctor', 'migrate']) {
      expect(help.stdout).toContain(`\n  ${name} `)
    }
  })

  test.each<[string[], RegExp]>([
    [[], /usage: facelaw/],
    [['fly'], /there is no subcommand "fly"/],
    [['run', '--twice'], /Unknown option '--twice'/],
    [['run', '--role', 'chef'], /there is no role "chef"; the roles are all, gateway, poller, sender, web/],
    [['run', '--role', 'poller,sender'], /--role poller,sender needs a PostgreSQL server.*set DATABASE_URL/],
    [['run', '--once', '--role', 'web'], /--once does everything by itself/],
    [['run', '--shards', '4-9/8'], /--shards 4-9\/8 cannot be read/],
    [['run', '--shards', '2'], /needs DISCORD_TOKEN/],
    [['status', 'now'], /Unexpected argument 'now'/],
    [['ask'], /there is nothing to ask/],
    [['export', 'cats'], /say what to export/],
    [['import', 'feeds'], /say what to import/]
  ])('wrong usage exits with 2 and says why: %o', async (args, message) => {
    const outcome = await facelaw(args)
    expect(outcome.code).toBe(2)
    expect(outcome.stdout).toBe('')
    expect(outcome.stderr).toMatch(message)
  })

  test('a role that needs a chat platform says which settings are missing', async () => {
    const env = { DATABASE_URL: 'postgresql://me@127.0.0.1:9/facelaw' }
    const outcome = await facelaw(['run', '--role', 'sender'], { env })
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toMatch(/--role sender needs a chat platform: set SLACK_BOT_TOKEN or DISCORD_TOKEN/)
  })

  test('the status of a bot that does not run says so, with exit code 1', async () => {
    const outcome = await facelaw(['status'], { env: { FACELAW_DATA_DIR: join(folder, 'nobody') } })
    expect(outcome.code).toBe(1)
    expect(outcome.stdout).toMatch(/No process of Facelaw is at work. Start one: facelaw run/)
  })

  test('a wrong setting names itself, exits with 1 and hides its value', async () => {
    const env = { FACELAW_PORT: 'hunter2', SLACK_BOT_TOKEN: 'hunter2' }
    const outcome = await facelaw(['run', '--once'], { env })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(/FACELAW_PORT must be a whole number[\s\S]*SLACK_BOT_TOKEN must start with/)
    expect(outcome.stderr).not.toMatch(/hunter2/)
  })

  test('a database that cannot be reached is told in words, without its password', async () => {
    const env = { DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:9/facelaw' }
    const outcome = await facelaw(['run', '--once'], { env })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(/127\.0\.0\.1/)
    expect(outcome.stderr).not.toMatch(/hunter2|at .*\.js:/)
  })

  test('the demo tells each event of the archive once and answers at the end', async () => {
    const { code, stdout } = await facelaw(['demo', '--fast'])
    expect(code).toBe(0)
    const told = stdout.slice(0, stdout.indexOf('> /facelaw company'))
    expect(told.match(/^(IBM walks away|In letter to Congress, IBM)/gm)).toHaveLength(1)
    expect(told.match(/^(Amazon bars|Amazon pauses|Amazon suspend)/gm)).toHaveLength(1)
    expect(told.match(/^Microsoft(:| joins)/gm)).toHaveLength(1)
    expect(told).toMatch(/Tags: Microsoft, IBM, Amazon, Clearview AI, Palantir; US, US-WA, US-CA; company-policy/)
    expect(told).not.toMatch(/^(Ferry|Phone maker|Road budget|City libraries)/m)
    expect(stdout).toMatch(/> \/facelaw company Amazon\n/)
    expect(stdout).toMatch(/In force/)
  })

  test('the bot answers what is typed, says how it is doing beside it, and SIGTERM ends it with 0', async () => {
    let [asked, told] = [false, false]
    let beside: Promise<Outcome> | undefined
    const env = {
      FACELAW_FEEDS: 'http://127.0.0.1:9/feed.xml',
      FACELAW_ALLOW_PRIVATE_FEEDS: '1',
      FACELAW_DATA_DIR: join(folder, 'bot')
    }
    const outcome = await facelaw(['run'], {
      env,
      drive: (child, printed) => {
        if (!asked && printed.includes('Facelaw runs in this terminal')) {
          asked = true
          child.stdin.write('/facelaw jurisdiction Illinois\n')
        }
        if (!told && printed.includes('Illinois (US-IL)')) {
          told = true
          beside = facelaw(['status'], { env }).finally(() => child.kill('SIGTERM'))
        }
      }
    })
    expect(await beside).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/All is well[\s\S]*embedded PostgreSQL/)
    })
    expect(outcome.code).toBe(0)
    expect(outcome.stdout).toMatch(/Biometric Information Privacy Act|BIPA/)
  })
})

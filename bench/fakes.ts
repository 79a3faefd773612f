import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { compiledModule } from '../src/package-root.js'
import type { FakeRequest, FakeState } from './fake-process.js'

/** A platform's fake in a process of its own, so that its work is not counted as ours. */
export class FakeProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<FakeProcess> {
    const child = fork(compiledModule('bench/fake-process.js'), {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc']
    })
    await once(child, 'message')
    return new FakeProcess(child)
  }

  /** Asks it to do something; it answers with how it stands. */
  async ask(request: FakeRequest): Promise<FakeState> {
    const answer = once(this.child, 'message')
    this.child.send(request)
    return (await answer)[0] as FakeState
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit')
    this.child.disconnect()
    await ended
  }
}

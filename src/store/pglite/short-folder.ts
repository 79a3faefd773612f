import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A way to a folder that is short enough for unix sockets in it. */
export interface ShortFolder {
  path: string
  dispose(): Promise<void>
}

/** sockaddr_un holds 104 bytes on macOS, 108 on Linux (unix(4), unix(7)), with the closing zero. */
const LONGEST_SOCKET_PATH = 103
/** Room for the longest file name that is made in it. */
const LONGEST_NAME = 32

/**
 * The folder itself where its path is short; else a symbolic link to it in a private (0700) temporary folder: only the
 * path as given has to fit, the socket lies where the link leads. So processes with different temporary folders still
 * meet at the same socket.
 */
export async function shortFolder(folder: string): Promise<ShortFolder> {
  const path = resolve(folder)
  if (Buffer.byteLength(path) + 1 + LONGEST_NAME <= LONGEST_SOCKET_PATH) return { path, dispose: async () => {} }
  const temporary = await mkdtemp(join(tmpdir(), 'facelaw-'))
  await symlink(path, join(temporary, 'd'))
  return { path: join(temporary, 'd'), dispose: () => rm(temporary, { recursive: true, force: true }) }
}

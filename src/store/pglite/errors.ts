import { messageOf } from '../errors.js'

/** Of WASI's errno (github.com/WebAssembly/WASI, legacy/preview1/docs.md), what a data directory can bring. */
const FILE_ERRORS = new Map([
  [2, 'permission denied'],
  [29, 'input/output error'],
  [51, 'no space left on the disk'],
  [69, 'the file system is read-only']
])

/** What PGlite says, in words: the file system's errors inside it have a WASI number and no message. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('errno' in error)) return messageOf(error)
  const number = Number(error.errno)
  return FILE_ERRORS.get(number) ?? `file system error ${number}`
}

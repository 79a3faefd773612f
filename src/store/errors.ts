/** The store cannot be opened or used. The message says what happened, what it means and what to do; it holds no secret. */
export class StoreError extends Error {
  override name = 'StoreError'
}

/** What Node and PostgreSQL call a fault: `ECONNREFUSED`, `28P01`, …; '' when it has no such name. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/**
 * Whether the database refused what it was given: data exceptions, broken constraints, limits of the program (classes
 * 22, 23 and 54 of postgresql.org/docs/current/errcodes-appendix.html). Given again it would refuse it again.
 */
export function isRefusal(error: unknown): boolean {
  return /^(22|23|54)[0-9A-Z]{3}$/.test(codeOf(error))
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}

/** Where a database was looked for; the password stays out of it. */
export interface Address {
  host: string
  port: number
  database: string
  user: string
}

/** Turns a failure to reach the server named by DATABASE_URL into a sentence that says how to mend it. */
export function explainConnection(error: unknown, address: Address): StoreError {
  const where = `PostgreSQL at ${address.host}:${address.port}, database "${address.database}"`
  const { reason, advice } = connectionFault(error, address)
  return new StoreError(`Cannot use ${where}: ${reason}. ${advice}`)
}

function connectionFault(error: unknown, { host, port, database, user }: Address): { reason: string; advice: string } {
  const check = 'DATABASE_URL (postgresql://user:password@host:port/database)'
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return {
        reason: 'nothing listens there',
        advice: `Start the server, or correct host and port in ${check}; unset it to use the embedded database.`
      }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { reason: `the name "${host}" cannot be resolved`, advice: `Correct the host in ${check}.` }
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { reason: 'it does not answer', advice: `Check host and port in ${check}, the network and the firewall.` }
    case '28P01':
    case '28000':
      return {
        reason: `it refuses user "${user}"`,
        advice: `Correct user and password in ${check}, or allow the user in pg_hba.conf.`
      }
    case '3D000':
      return { reason: 'there is no such database', advice: `Create it (createdb ${database}), or correct ${check}.` }
    case '53300':
      return {
        reason: 'it takes no more connections',
        advice: 'Raise max_connections, or run fewer processes: each uses up to 10 connections.'
      }
    case '57P03':
      return { reason: 'it is starting or stopping', advice: 'Try again in a moment.' }
    case '42501':
      return {
        reason: `user "${user}" may not create tables`,
        advice: `Let the database belong to it: alter database "${database}" owner to "${user}".`
      }
  }
  if (/timeout/i.test(messageOf(error)))
    return { reason: 'it does not answer', advice: `Check that a PostgreSQL server listens on port ${port}.` }
  return { reason: messageOf(error).split('\n', 1)[0]!, advice: `Check ${check} and the server's log.` }
}

/** Turns a failure to make or use the data directory into a sentence that says how to mend it. */
export function explainDirectory(error: unknown, dataDir: string): StoreError {
  if (error instanceof StoreError) return error
  const where = `The data directory ${dataDir}`
  const elsewhere = 'or set FACELAW_DATA_DIR to another place'
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new StoreError(`${where} cannot be written. Give this user the right to write there, ${elsewhere}.`)
    case 'EROFS':
      return new StoreError(`${where} lies on a read-only file system. Mount it for writing, ${elsewhere}.`)
    case 'ENOTDIR':
    case 'EEXIST':
      return new StoreError(`${where} is a file, or lies below one. Move that file away, ${elsewhere}.`)
    case 'ENOSPC':
    case 'EDQUOT':
      return new StoreError(`${where} lies on a full disk. Free some space, ${elsewhere}.`)
    case 'EOPNOTSUPP':
    case 'ENOTSUP':
      return new StoreError(
        `${where} lies on a file system without unix sockets. Set FACELAW_DATA_DIR to a local disk, or use DATABASE_URL.`
      )
  }
  return new StoreError(`${where} cannot be used: ${messageOf(error)}. Mend that, ${elsewhere}.`)
}

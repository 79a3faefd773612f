/**
 * What a process does. `gateway` keeps the platforms' connections on which commands come; `poller` reads feeds; `sender`
 * sends what is owed, edits, and owes digests and reminders; `web` serves HTTP, Slack's requests among it.
 */
export const ROLES = ['gateway', 'poller', 'sender', 'web'] as const
export type Role = (typeof ROLES)[number]

/** Everything, which is what a process does when nothing is said. */
export const ALL_ROLES: ReadonlySet<Role> = new Set(ROLES)

/**
 * Reads `--role`: names parted by commas, given once or more often; `all` stands for every role.
 * @throws Error that names the wrong one, and those there are.
 */
export function readRoles(given: readonly string[]): ReadonlySet<Role> {
  const names = given.flatMap((text) => text.split(',')).map((name) => name.trim().toLowerCase())
  if (names.length === 0 || names.includes('all')) {
    const wrong = names.find((name) => name !== 'all' && !isRole(name))
    if (wrong !== undefined) throw unknownRole(wrong)
    return ALL_ROLES
  }
  return new Set(
    names.map((name) => {
      if (!isRole(name)) throw unknownRole(name)
      return name
    })
  )
}

/** Whether a process does all there is to do. */
export function doesAll(roles: ReadonlySet<Role>): boolean {
  return roles.size === ROLES.length
}

function isRole(name: string): name is Role {
  return (ROLES as readonly string[]).includes(name)
}

function unknownRole(name: string): Error {
  return new Error(`there is no role "${name}"; the roles are all, ${ROLES.join(', ')} (several: --role poller,sender)`)
}

/** Where Discord's API is, unless a setting names a test server. */
export const DISCORD_API = 'https://discord.com/api'

/**
 * The address that discord.js wants (without the version, which it adds itself) from what people write:
 * `http://127.0.0.1:4000`, `…/api`, `…/api/v10`, each with or without a slash at the end.
 * @throws Error when it is no http(s) address.
 */
export function restAddress(apiUrl: string | undefined): string {
  if (!apiUrl) return DISCORD_API
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(
      `DISCORD_API_URL is no web address: it must look like http://127.0.0.1:4000/api. Leave it out to use Discord itself.`
    )
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v\d+$/, '')
  return `${url.origin}${path || '/api'}`
}

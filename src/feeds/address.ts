import type { LookupAddress, LookupOptions } from 'node:dns'
import { lookup as systemLookup } from 'node:dns'
import ipaddr from 'ipaddr.js'

/** The address leads to a private network, this machine, or no place on the internet. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError'
}

/** As `dns.lookup` with `all`. */
export type LookupAll = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void
) => void

type ConnectLookup = (
  host: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void
) => void

/** Whether an IP address is on the public internet. IPv4 inside IPv6 counts as the IPv4 address it is. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return parsed.range() === 'unicast'
}

/**
 * Refuses an address whose host is written as a private IP, in whatever form: the URL parser has already levelled
 * decimal, octal and hexadecimal IPv4. Names are checked where they are resolved (`guardedLookup`).
 *
 * @throws PrivateAddressError
 */
export function checkLiteralAddress(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host) && !isPublicAddress(host)) throw privateAddress(host)
}

/**
 * A `lookup` for sockets that gives public addresses only. The socket connects to exactly what was checked here, so
 * that a name which resolves differently a moment later (DNS rebinding) gains nothing.
 */
export function guardedLookup(lookup: LookupAll = systemLookup): ConnectLookup {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, [])
      const open = addresses.filter(({ address }) => isPublicAddress(address))
      const first = open[0]
      if (!first) return done(privateAddress(host), [])
      if (options.all) return done(null, open)
      done(null, first.address, first.family)
    })
  }
}

function privateAddress(host: string): PrivateAddressError {
  return new PrivateAddressError(
    `${host} is not on the public internet: feeds from private networks are refused. ` +
      'If this is your own network and you mean it, set FACELAW_ALLOW_PRIVATE_FEEDS=1'
  )
}

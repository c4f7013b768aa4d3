// servers.js - where a request goes to.

/** The beginning of the address that was chosen of `servers` (as details have them); `at`: which, `values`: of its variables.
 * Empty: the specification's first, as it is. */
export function serverText(servers, { at, values }) {
  const chosen = servers[at]
  if (!chosen || (at === 0 && !Object.keys(values).length)) return ''
  const defaults = Object.fromEntries((chosen.variables ?? []).map(({ name, default: value }) => [name, value]))
  return chosen.variables ? chosen.written.replace(/{([^{}]+)}/g, (_, name) => values[name] ?? defaults[name] ?? '') : chosen.url
}

// code-form.js - what only the reader knows of a request: where it goes, and the values of its placeholders.
import { element } from '../../framework/element.js'
import { t } from '../../model/texts.js'

/** `servers`: as details have them; `server`: { at, values }, the one chosen and what its variables stand for. `variables`: of
 * the code; `values`: what was given, by name; `parameters`: of the endpoint, which may be given a value, too. `secrets`: they
 * can be given, for a request that is sent. `onServer(server)`, `onValue(name, value)`: undefined takes a value away. */
export function codeForm({ servers, server, variables, values, parameters, secrets, onServer, onValue }) {
  const chosen = servers[server.at]
  const others = parameters.filter(({ in: place, name }) => place !== 'path' && !(`${place}.${name}` in values))
  const given = Object.keys(values).filter((name) => name.includes('.'))
  const rows = [
    servers.length > 1 && select(t('servers', { count: 1 }), servers.map(({ url }, place) => [place, url]), server.at, (at) => onServer({ at: Number(at), values: {} })),
    chosen?.variables?.map(({ name, default: value, values: allowed }) => {
      const set = (each) => onServer({ ...server, values: { ...server.values, [name]: each } })
      const shown = server.values[name] ?? value
      return allowed ? select(name, allowed.map((each) => [each, each]), shown, set) : text(name, shown, set)
    }),
    variables.filter(({ kind }) => kind === 'placeholder').map(({ name, key, value }) => text(key, values[name] ?? value, (each) => onValue(name, each), name)),
    given.map((name) => text(name, values[name], (each) => onValue(name, each || undefined))),
    secrets && variables.filter(({ kind }) => kind === 'secret').map(({ name }) => text(name, secrets[name] ?? '', (each) => onValue(name, each), name, 'password')),
    others.length > 0 && select(t('parameters-title'), [['', t('add-parameter')], ...others.map(({ in: place, name }) => [`${place}.${name}`, `${place}: ${name}`])], '', (name) => onValue(name, ' ')),
  ]
  return rows.flat(2).some(Boolean) && element('div', { class: 'code__form' }, rows)
}

function labelled(label, field, key = label) {
  return element('label', { key }, element('span', null, label), field)
}

function text(label, value, onChange, key, type = 'text') {
  return labelled(label, element('input', { class: 'input', type, value, autocomplete: 'off', spellcheck: 'false', onInput: ({ target }) => onChange(target.value) }), key)
}

export function select(label, choices, value, onChange) {
  return labelled(label, element('select', { class: 'input', value: String(value), onChange: ({ target }) => onChange(target.value) },
    choices.map(([each, name]) => element('option', { value: each, key: each, selected: each === value }, name))))
}

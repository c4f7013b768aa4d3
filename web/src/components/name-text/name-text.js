// name-text.js - a name that may be long: it breaks at dots, dashes, slashes and humps; what matched is marked.
import { element } from '../../framework/element.js'

const PLACES = /(?<=[./_\-:}])(?=[^./_\-:}])|(?<=[a-z\d])(?=[A-Z])/

/** `ranges`: [[start, end], …], UTF-16 units of `name`. */
export const nameText = (name, ranges) => markedText(name, ranges, breakable)

/** The same for prose, which has its own places to break at. */
export function markedText(name, ranges = [], piece = (text) => text) {
  const nodes = []
  let place = 0
  for (const [start, end] of ranges) {
    if (start < place || end > name.length || end <= start) continue
    nodes.push(piece(name.slice(place, start)), element('mark', null, piece(name.slice(start, end))))
    place = end
  }
  nodes.push(piece(name.slice(place)))
  return nodes
}

function breakable(text) {
  return text.split(PLACES).flatMap((piece, place) => (place ? [element('wbr'), piece] : [piece]))
}

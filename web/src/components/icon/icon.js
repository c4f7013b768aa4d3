// icon.js - small drawings on a grid of 16, which index.html brings; they mean nothing to a screen reader.
import { element } from '../../framework/element.js'

export const icon = (name, className = 'icon') =>
  element('svg', { class: className, 'aria-hidden': 'true' }, element('use', { href: `#icon-${name}` }))

/** The sign of ApiBlaze. */
export const flame = () => icon('flame', 'flame')

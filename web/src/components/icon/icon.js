// icon.js - small drawings on a grid of 16; they mean nothing to a screen reader.
import { element } from '../../framework/element.js'

const PATHS = {
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4l3.3 3.3',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  done: 'M3 8.5l3.5 3.5L13 4.5',
  link: 'M6.5 9.5l3-3M7.5 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.2 1.2a2.8 2.8 0 0 1-4-4L4.5 7.5',
  open: 'M6 3.5l4.5 4.5L6 12.5',
  system: 'M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3',
  light: 'M8 5.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  dark: 'M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z',
  offline: 'M2 2l12 12M4.5 7.3A6 6 0 0 1 7 6M9.6 6.2a6 6 0 0 1 1.9 1.1M2.3 5a9 9 0 0 1 2-1.3M7 2.8A9 9 0 0 1 13.7 5M6.5 9.7a2.6 2.6 0 0 1 3 0M8 12.5v.1',
}

export function icon(name) {
  return element('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    element('path', { d: PATHS[name] }))
}

/** The sign of ApiBlaze: a flame. */
export function flame() {
  return element('svg', { class: 'flame', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    element('path', { d: 'M8.7 1c.4 2.7-.6 3.9-1.9 5.2C5.3 7.7 3.5 9.1 3.5 11.3 3.5 13.7 5.5 15 8 15s4.5-1.5 4.5-4.2c0-2-1-3.3-1.8-4.3-.2 1-.6 1.6-1.2 2C9.9 6 10.4 3 8.7 1ZM8 13.5c-1.2 0-2-.7-2-1.8s.9-1.7 1.7-2.7c1.3.8 2.3 1.6 2.3 2.8 0 1.1-.8 1.7-2 1.7Z' }))
}

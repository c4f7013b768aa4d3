// theme.js - system, light or dark. boot.js applies the kept choice before the first paint.
export const THEMES = ['system', 'light', 'dark']

export const currentTheme = (root = document.documentElement) => root.dataset.theme ?? 'system'

export function applyTheme(theme, root = document.documentElement) {
  if (THEMES.indexOf(theme) > 0) root.dataset.theme = theme
  else delete root.dataset.theme
}

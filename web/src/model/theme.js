// theme.js - system, light or dark. boot-theme.js applies the kept choice before the first paint.
const KEY = 'apiblaze:theme'
export const THEMES = ['system', 'light', 'dark']

export function currentTheme(root = document.documentElement) {
  return root.dataset.theme ?? 'system'
}

export function chooseTheme(theme, root = document.documentElement) {
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Good for this visit only.
  }
}

export function nextTheme(theme) {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]
}

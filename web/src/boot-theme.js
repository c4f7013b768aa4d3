// boot-theme.js - a classic script in the head, so that no page flashes in the wrong colours.
try {
  const theme = localStorage.getItem('apiblaze:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is switched off: the system's colours.
}

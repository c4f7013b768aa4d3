// boot.js - a classic script in the head: no page flashes in the wrong colours, and the texts are on their way while the
// other scripts are. It is alone here, so it reads for itself what memory.js keeps.
{
  const root = document.documentElement
  const kept = (name) => {
    try {
      return JSON.parse(localStorage.getItem(`apiblaze:${name}`))
    } catch {
      // Storage is switched off, or holds what somebody else wrote: the system's choice.
    }
  }
  const theme = kept('theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  const files = JSON.parse(document.querySelector('meta[name=texts]').content)
  const wanted = [kept('language'), ...navigator.languages].flatMap((tag) => [tag, String(tag).split('-')[0]])
  root.lang = wanted.find((tag) => files[tag]) ?? 'en'
  const link = document.createElement('link')
  Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: files[root.lang] })
  document.head.append(link)
}

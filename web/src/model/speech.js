// speech.js - what a live region says, once typing has paused: a screen reader would stumble over each keystroke.
const PAUSE = 400 // milliseconds

export class Speech {
  #tell
  #timer
  #text = ''

  /** `tell(text)` puts the text into the live region. */
  constructor(tell) {
    this.#tell = tell
  }

  say(text) {
    if (text === this.#text) return
    this.#text = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tell(text), PAUSE)
  }

  stop() {
    clearTimeout(this.#timer)
  }
}

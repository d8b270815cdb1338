/** Every key that does something by itself, in one list. */
export const keys = [
  ['C', 'Switches the camera on'],
  ['F', 'Shows the code on the full screen, and ends that'],
  ['Space', 'Pauses a moving code, and lets it go on'],
  ['+ and −', 'Makes a moving code faster or slower'],
  ['[ and ]', 'Makes the codes coarser or finer'],
  ['R, held', 'Shows the token for as long as it is held'],
  ['Enter', 'Presses the button of the fields that you are in'],
  ['Escape', 'Closes what lies over the window; nothing typed is lost'],
  ['Tab', 'Goes to the next thing that can be pressed or filled in'],
] as const;

/** Brings the focus, and with it the eye, to what is missing first. */
export function focusWrong(form: HTMLFormElement | null): void {
  form
    ?.querySelector<HTMLElement>(
      '[aria-invalid=true], [data-wrong] input:not(:checked), [data-wrong=tick] input, [data-wrong] select, [data-wrong=tasks] button:enabled',
    )
    ?.focus();
}

import { type ReactNode, useContext } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { FormId } from './form';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: 'primary' | 'quiet' | 'alarm' | 'link' | 'key' | 'plain';
  readonly small?: boolean;
  /** The call it made is still under way: it keeps the focus and takes no second press. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly submit?: boolean;
  /** Accessible name where the visible text does not say enough by itself. */
  readonly label?: string;
  /** It moves what it belongs to in a list: so that the focus can follow it. */
  readonly move?: 'up' | 'down';
  /** It opens something below, which is there or not. */
  readonly expanded?: boolean;
  readonly onPress?: () => void;
}

const classes = {
  primary: 'button',
  quiet: 'button button-quiet',
  alarm: 'button button-alarm',
  link: 'button button-link',
  key: 'button-key',
  plain: 'button-plain',
} as const;

/** Every button of every window. */
export function Button({ kind = 'primary', small = false, label, ...props }: ButtonProps) {
  const form = useContext(FormId);
  // Not the library's own `isPending`: it leaves an announcement in the page that points to this button, also
  // when the button is gone with its step, and so an image without a name.
  const busy = props.busy === true;
  return (
    <AriaButton
      className={small ? `${classes[kind]} button-small` : classes[kind]}
      type={props.submit === true && !busy ? 'submit' : 'button'}
      isDisabled={props.disabled === true}
      {...(busy ? { 'aria-disabled': true, 'data-busy': true } : {})}
      {...(props.submit === true && form !== undefined ? { form } : {})}
      {...(props.move === undefined ? {} : { 'data-move': props.move })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(props.expanded === undefined ? {} : { 'aria-expanded': props.expanded })}
      {...(props.onPress === undefined || busy ? {} : { onPress: props.onPress })}
    >
      {props.children}
    </AriaButton>
  );
}

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
  return (
    <AriaButton
      className={small ? `${classes[kind]} button-small` : classes[kind]}
      type={props.submit === true ? 'submit' : 'button'}
      isPending={props.busy === true}
      isDisabled={props.disabled === true}
      {...(props.submit === true && form !== undefined ? { form } : {})}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(props.expanded === undefined ? {} : { 'aria-expanded': props.expanded })}
      {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
    >
      {props.children}
    </AriaButton>
  );
}

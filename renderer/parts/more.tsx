import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';

export interface MoreProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly open?: boolean;
}

/** What few people need, folded away under a button. */
export function More({ title, children, open = false }: MoreProps) {
  return (
    <Disclosure className="more" defaultExpanded={open}>
      {({ isExpanded }) => (
        <>
          <Heading level={2} className="more-heading">
            <Button slot="trigger" className="more-button">
              {title}
            </Button>
          </Heading>
          <DisclosurePanel className="more-panel">{isExpanded ? children : null}</DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}

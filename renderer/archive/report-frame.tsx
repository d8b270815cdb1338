import { useRef, useState } from 'react';

/**
 * A ceremony's report as it is drawn for its folder. It can run no script: its own policy forbids it, and so
 * does the frame. The frame is as high as the report, so that nothing in it has to be scrolled or is cut on
 * paper.
 */
export function ReportFrame({ id }: { readonly id: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(600);
  return (
    <iframe
      ref={frame}
      className="archive-report"
      title="Report of this ceremony"
      src={`ceremony/${id}/report.html`}
      sandbox="allow-same-origin"
      height={height}
      onLoad={() => setHeight(frame.current?.contentDocument?.documentElement.scrollHeight ?? height)}
    />
  );
}

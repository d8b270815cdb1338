import { expect, test } from 'vitest';
import { reportErrand } from '../../../main/desktop/report-errand';

const typed = (switches: Readonly<Record<string, string>>) =>
  reportErrand(
    {
      hasSwitch: (name) => Object.hasOwn(switches, name),
      getSwitchValue: (name) => switches[name] ?? '',
    },
    '/where/typed',
  );

test('an app is started for no errand', () => {
  expect(typed({})).toBeNull();
  expect(typed({ home: '/home/ines' })).toBeNull();
});

test('a report is printed of a folder into a file, both from where they were typed', () => {
  expect(typed({ 'print-report': 'transcript', into: '/tmp/report.pdf' })).toEqual({
    folder: '/where/typed/transcript',
    file: '/tmp/report.pdf',
  });
});

test.each([
  { 'print-report': 'transcript' },
  { into: 'report.pdf' },
  { 'print-report': '', into: 'report.pdf' },
])('%j is no errand, nor a start of the app', (switches) => {
  expect(() => typed(switches as Record<string, string>)).toThrow(/takes both/);
});

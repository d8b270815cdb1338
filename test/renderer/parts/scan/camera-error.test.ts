import { expect, test } from 'vitest';
import { CameraError, cameraErrorOf } from '../../../../renderer/parts/scan/camera-error';

const named = (name: string): CameraError => cameraErrorOf(new DOMException('said by Chromium', name));

test('what stops a camera is said by name', () => {
  expect(named('NotFoundError').code).toBe('no-camera');
  expect(named('OverconstrainedError').code).toBe('no-camera');
  expect(named('NotReadableError').code).toBe('in-use');
  expect(named('NotAllowedError').code).toBe('denied');
  expect(named('TypeError').code).toBe('unknown');
  expect(cameraErrorOf('nothing at all').code).toBe('unknown');
  expect(cameraErrorOf(new DOMException('', 'constructor')).code).toBe('unknown');
});

test('each says another way in, and none what the browser said', () => {
  for (const name of ['NotFoundError', 'NotReadableError', 'NotAllowedError', 'OtherError']) {
    expect(named(name).message).toMatch(/picture or a file/);
    expect(named(name).message).not.toContain('Chromium');
  }
  expect(new CameraError('unplugged').message).toMatch(/read so far is kept/);
});

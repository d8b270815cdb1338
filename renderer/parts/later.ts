import { type ComponentType, createElement, useEffect, useState } from 'react';

/** A component whose code is read on its own, after the window has shown something. */
export interface Later<P> {
  /** Nothing is drawn until the code is there. */
  readonly Screen: ComponentType<P>;
  /** Reads the code; the same again does nothing. */
  read(): void;
}

/**
 * Screens that a window needs only once somebody has unlocked it. Once read they are drawn at once, without
 * a frame in between in which nothing stands there. `load`: reads their code.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  let loaded: ComponentType<P> | null = null;
  let loading: Promise<void> | null = null;
  const read = (): Promise<void> => {
    loading ??= load().then((component) => {
      loaded = component;
    });
    return loading;
  };
  function Screen(props: P) {
    const [, setLoaded] = useState(loaded !== null);
    useEffect(() => {
      if (loaded === null) void read().then(() => setLoaded(true));
    }, []);
    return loaded === null ? null : createElement(loaded, props);
  }
  return { Screen, read: () => void read() };
}

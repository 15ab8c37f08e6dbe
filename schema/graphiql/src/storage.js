// Where the page remembers tabs, history and theme: localStorage under a prefix of our own, or memory where that is forbidden.
const PREFIX = 'mulu:';
const memory = new Map();

function local() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function keys() {
  const store = local();
  return store ? Object.keys(store).filter((key) => key.startsWith(PREFIX)) : [...memory.keys()];
}

// GraphiQL gives a third of the page to the side panel; at 1366 pixels the queries need the room more.
const FIRST = { 'graphiql:docExplorerFlex': '0.26' };

/** The Storage that GraphiQL is given. */
export const storage = {
  getItem: (key) => (local() ? local().getItem(PREFIX + key) : memory.get(PREFIX + key)) ?? FIRST[key] ?? null,
  setItem: (key, value) => (local() ? local().setItem(PREFIX + key, value) : memory.set(PREFIX + key, value)),
  removeItem: (key) => (local() ? local().removeItem(PREFIX + key) : memory.delete(PREFIX + key)),
  clear: () => keys().forEach((key) => (local() ? local().removeItem(key) : memory.delete(key))),
  get length() {
    return keys().length;
  },
};

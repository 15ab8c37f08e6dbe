// Stands in for react-style-singleton, which writes <style> elements to keep the page from scrolling behind a dialog.
// This page never scrolls, and its Content-Security-Policy refuses such elements.
export const styleHookSingleton = () => () => {};
export const styleSingleton = () => () => null;
export const stylesheetSingleton = () => ({ add() {}, remove() {} });

// The page's address holds the open query, so that it can be shared: ?query=&variables=&operationName=
const LONGEST = 8000; // servers and proxies refuse longer request lines

/** What the address asks for; `query` is undefined when it asks for nothing. */
export function readAddress() {
  const params = new URLSearchParams(window.location.search);
  const get = (name) => params.get(name) || undefined;
  return { query: get('query'), variables: indented(get('variables')), operationName: get('operationName') };
}

/** The address of this page with this query in it, or of the bare page when the query is too long for an address. */
export function addressOf({ query, variables, operationName }) {
  const params = new URLSearchParams();
  if (query) params.set('query', query);
  if (query && hasContent(variables)) params.set('variables', variables);
  if (query && operationName) params.set('operationName', operationName);
  const search = params.toString();
  return window.location.pathname + (search && search.length <= LONGEST ? `?${search}` : '');
}

/** Keeps the address at the active tab. Until something else is opened, the first example leaves it bare. */
export function addressKeeper(firstExample) {
  return ({ tabs, activeTabIndex }) => {
    const tab = tabs[activeTabIndex];
    if (!tab || (!window.location.search && tab.query === firstExample && !hasContent(tab.variables))) return;
    const address = addressOf(tab);
    if (address !== window.location.pathname + window.location.search) window.history.replaceState(null, '', address);
  };
}

function hasContent(variables) {
  return Boolean(variables) && !/^\s*(\{\s*\})?\s*$/.test(variables);
}

function indented(json) {
  try {
    return json && JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

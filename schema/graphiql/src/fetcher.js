// Sends operations to the address of the page itself: GET gives the page, POST the answer.
const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/** GraphiQL's fetcher: the response as JSON, or an Error that a reader can act on. */
export async function fetcher(params, options) {
  let response;
  try {
    response = await fetch(window.location.pathname, {
      method: 'POST',
      headers: { ...options?.headers, 'content-type': 'application/json', accept: ACCEPT },
      body: JSON.stringify(params),
    });
  } catch {
    throw new Error('The server cannot be reached. Is `mulu serve` still running?');
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText}, which is not JSON: ${text.slice(0, 500)}`);
  }
}

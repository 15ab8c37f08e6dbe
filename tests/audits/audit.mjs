// Runs every server audit of graphql-http against the address given and prints the results as one JSON document.
import { serverAudits } from 'graphql-http';

const results = [];
for (const audit of serverAudits({ url: process.argv[2] })) {
  const { response, ...result } = await audit.fn();
  if (response) result.response = { status: response.status, body: await response.clone().text().catch(() => '') };
  results.push(result);
}
process.stdout.write(JSON.stringify(results));

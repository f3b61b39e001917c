// Starts the emulator of GitHub that the package `emulate` holds, on 127.0.0.1; prints the API's address, ends with
// its standard input. First argument: the seed as JSON.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { createEmulator } from "emulate";

// Emulate 0.12.2 has a list of all comments, but takes its address for that of an issue called "comments" (404): so it
// is put together here from each issue's own.
async function allComments(issues, query, headers) {
  const list = async (path) => (await fetch(github.url + path, { headers })).json();
  const numbers = (await list(`${issues}?state=all&per_page=100`)).map((issue) => issue.number);
  const each = await Promise.all(numbers.map((number) => list(`${issues}/${number}/comments?per_page=100`)));
  const since = new Date(query.get("since") ?? 0);
  const rows = each.flat().filter((row) => new Date(row.updated_at) >= since);
  rows.sort((one, other) => new Date(one.updated_at) - new Date(other.updated_at));
  return Response.json(query.get("direction") === "desc" ? rows.reverse() : rows);
}

async function answer(request) {
  const { pathname, search, searchParams } = new URL(request.url, "http://127.0.0.1");
  const { method } = request;
  const headers = Object.fromEntries(
    ["accept", "authorization", "content-type"].flatMap((name) => {
      const value = request.headers[name];
      return value ? [[name, value]] : [];
    }),
  );
  const comments = pathname.match(/^(\/repos\/[^/]+\/[^/]+\/issues)\/comments$/);
  if (comments) return allComments(comments[1], searchParams, headers);
  const body = await buffer(request);
  // It compares times as texts, and has them with milliseconds: "…35.642Z" comes before "…35Z".
  const query = search.replace(/([?&]since=[^&.]*)Z/, "$1.000Z");
  return fetch(github.url + pathname + query, { method, headers, body: body.length ? body : undefined });
}

const server = createServer(async (request, response) => {
  const told = await answer(request);
  const here = (text) => text.replaceAll(github.url, `http://${request.headers.host}`);
  const link = told.headers.get("link");
  response.writeHead(told.status, { "content-type": "application/json", ...(link && { link: here(link) }) });
  response.end(here(await told.text()));
});
const seed = JSON.parse(process.argv[2]);
const github = await createEmulator({ service: "github", hostname: "127.0.0.1", port: 0, seed });
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
  process.stdin.resume().on("end", () => process.exit());
});

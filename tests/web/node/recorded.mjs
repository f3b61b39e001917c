// Plays real recorded answers with @octokit/fixtures-server, which has them in a strict order: what is asked next
// must be what was recorded next. First argument: the name of the scenario; second, as JSON: the questions that will
// be asked, in order, each a path with its query, or null for the one that was recorded, and the number of the recorded
// answer, or null for an empty list. Prints the API's address, ends with its standard input.
import express from "express";
import fixtures from "@octokit/fixtures";
import recordings from "@octokit/fixtures-server";

const [scenario, questions] = [process.argv[2], JSON.parse(process.argv[3])];
const recorded = fixtures.get(`api.github.com/${scenario}`);

const empty = { ...recorded[0], response: [], headers: { "content-type": "application/json; charset=utf-8" } };
const played = questions.map(([path, number]) => {
  const answer = number === null ? empty : recorded[number];
  // Who asks and how is not what is tested with recordings.
  return { ...answer, path: path ?? answer.path, reqheaders: {} };
});

const options = { logLevel: "silent", fixtures: { played } };
const app = express();
app.use((request, response, next) => options.router(request, response, next));
const server = app.listen(0, "127.0.0.1", async () => {
  const here = `http://127.0.0.1:${server.address().port}`;
  options.router = recordings({ ...options, fixturesUrl: here });
  const loaded = await fetch(`${here}/fixtures`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ scenario: "played" }),
  });
  console.log((await loaded.json()).url);
  process.stdin.resume().on("end", () => process.exit());
});

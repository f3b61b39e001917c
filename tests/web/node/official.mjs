// Holds answers against GitHub's own description of its REST interface. Standard input: a list of {path, method,
// status, body}, with the path as the description writes it. Standard output: a list of what does not fit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");

// The description is OpenAPI 3.0, whose `nullable` is no JSON Schema.
const described = JSON.parse(readFileSync(file), (_, value) => {
  if (value === null || typeof value !== "object" || value.nullable !== true) return value;
  const { nullable, ...schema } = value;
  return { anyOf: [schema, { type: "null" }] };
});

const ajv = addFormats(new Ajv({ strict: false, allErrors: true, validateSchema: false }));
ajv.addSchema(described, "api");

const pointer = (...names) => names.map((name) => "/" + name.replaceAll("~", "~0").replaceAll("/", "~1")).join("");

function schemaOf({ path, method, status }) {
  const at = ["paths", path, method.toLowerCase(), "responses", String(status)];
  const response = at.reduce((part, name) => part?.[name], described);
  if (!response) return null;
  const base = response.$ref ?? "#" + pointer(...at);
  return { $ref: "api" + base + pointer("content", "application/json", "schema") };
}

const validators = new Map();
const wrong = JSON.parse(await text(process.stdin)).flatMap((answer) => {
  const name = `${answer.method} ${answer.path} ${answer.status}`;
  if (!validators.has(name)) {
    const schema = schemaOf(answer);
    validators.set(name, schema && ajv.compile(schema));
  }
  const fits = validators.get(name);
  if (!fits) return [`${name}: not described`];
  return fits(answer.body) ? [] : [`${name}: ${ajv.errorsText(fits.errors.slice(0, 5))}`];
});
console.log(JSON.stringify(wrong));

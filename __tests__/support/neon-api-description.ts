import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

/**
 * Neon's published description of its API (OpenAPI), as the package `@neondatabase/api-client` carries it. It judges both sides:
 * whether a request is one that the API knows, and whether the double's answer is one that the API could give.
 */
interface Description {
  readonly paths: Record<string, Partial<Record<Method | 'parameters', unknown>>>;
}
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: { readonly type?: string };
}
interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: object } };
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: Content;
  readonly responses: Record<string, object>;
}

export interface Judgement {
  /** The description's own name of the request: `listProjectBranches`. Undefined: it knows no such path and method. */
  readonly operation?: string;
  readonly path: Record<string, string>;
  /** What the description has against the request; empty when nothing. */
  readonly faults: readonly string[];
  /** What the description has against an answer to it. */
  answer(status: number, body: unknown): string[];
}

const file = createRequire(import.meta.filename).resolve('@neondatabase/api-client/public-v2-for-users.gen.yaml');
const description = parse(readFileSync(file, 'utf8')) as Description;

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: true });
formats.default(ajv);
ajv.addSchema(description, 'neon');

const compiled = new Map<string, ValidateFunction>();
/** The schema at a place of the document, with references into the document resolved. */
function validator(pointer: string): ValidateFunction {
  let validate = compiled.get(pointer);
  if (!validate) {
    validate = ajv.compile({ $ref: `neon#${pointer}` });
    compiled.set(pointer, validate);
  }
  return validate;
}

const step = (...parts: string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** Follows a `$ref` of the document; gives the thing and where it stands. */
function follow<Thing>(thing: object, pointer: string): { thing: Thing; pointer: string } {
  const ref = (thing as { $ref?: string }).$ref;
  if (!ref) return { thing: thing as Thing, pointer };
  const at = ref.slice(1);
  const target = at
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], description);
  return { thing: target as Thing, pointer: at };
}

const problems = (validate: ValidateFunction, where: string): string[] =>
  (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`,
  );

const templates = Object.keys(description.paths).map((template) => ({
  template,
  pattern: new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  // A literal part is a better match than a parameter: `/branches/count` is not a branch called so.
  parameters: template.split('{').length,
}));
templates.sort((a, b) => a.parameters - b.parameters);

/**
 * @param method GET, POST, …
 * @param url below the API's base address: `/projects/x/branches?limit=10`
 * @param body the request's JSON, when it has any
 */
export function judge(method: string, url: URL, body?: unknown): Judgement {
  const none = (fault: string): Judgement => ({ path: {}, faults: [fault], answer: () => [] });
  const found = templates.map((one) => ({ ...one, match: one.pattern.exec(url.pathname) })).find(({ match }) => match);
  if (!found) return none(`no such path: ${url.pathname}`);
  const item = description.paths[found.template] as Record<string, Operation> & { parameters?: readonly object[] };
  const verb = method.toLowerCase() as Method;
  const operation = item[verb];
  if (!operation) return none(`no ${method} for ${found.template}`);
  const at = step('paths', found.template);
  const path = Object.fromEntries(
    Object.entries(found.match?.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
  );

  const faults: string[] = [];
  const known = new Set<string>();
  const lists: [readonly object[], string][] = [
    [item.parameters ?? [], `${at}/parameters`],
    [operation.parameters ?? [], `${at}/${verb}/parameters`],
  ];
  for (const [list, listAt] of lists) {
    for (const [index, one] of list.entries()) {
      const { thing: parameter, pointer } = follow<Parameter>(one, `${listAt}/${index}`);
      if (parameter.in === 'query') known.add(parameter.name);
      const value = parameter.in === 'query' ? url.searchParams.get(parameter.name) : path[parameter.name];
      if (value === undefined || value === null) {
        if (parameter.required) faults.push(`${parameter.in} parameter ${parameter.name} is missing`);
        continue;
      }
      // Wrapped, so that a number in a query is read as one.
      const validate = ajv.compile({ type: 'object', properties: { value: { $ref: `neon#${pointer}/schema` } } });
      if (!validate({ value })) faults.push(...problems(validate, parameter.name));
    }
  }
  for (const name of url.searchParams.keys()) if (!known.has(name)) faults.push(`unknown query parameter ${name}`);
  if (body !== undefined && operation.requestBody) {
    const validate = validator(`${at}/${verb}/requestBody${step('content', 'application/json', 'schema')}`);
    if (!validate(body)) faults.push(...problems(validate, 'body'));
  }

  return {
    operation: operation.operationId,
    path,
    faults,
    answer(status, answered) {
      const name = String(status) in operation.responses ? String(status) : 'default';
      const { thing: response, pointer } = follow<Content>(
        operation.responses[name] as object,
        `${at}/${verb}/responses/${name}`,
      );
      if (name === 'default' && status < 400) return [`status ${status} is none that the description names`];
      if (!response.content?.['application/json']) return answered === undefined ? [] : ['the description knows no body here'];
      const validate = validator(`${pointer}${step('content', 'application/json', 'schema')}`);
      return validate(answered) ? [] : problems(validate, 'answer');
    },
  };
}

// Runs a Node function: asks the Runtime API for events, calls the handler, answers.

import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import util from 'node:util';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// In a line of output this character is a line break inside one log event.
const BREAK = '\x1e';
const env = process.env;
const json = env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
let requestId = '';

function writeEvent(text) {
  const bytes = Buffer.from(text.replaceAll('\n', BREAK) + '\n');
  for (let at = 0; at < bytes.length;) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        return;
      }
    }
  }
}

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const least = Math.max(0, levels.indexOf(env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE'));

function log(level, ...values) {
  if (json && levels.indexOf(level) < least) {
    return;
  }
  const timestamp = new Date().toISOString();
  if (json) {
    const single = values.length === 1 && typeof values[0] === 'object' && values[0] !== null && !(values[0] instanceof Error);
    const entry = { timestamp, level, requestId, message: single ? values[0] : util.format(...values) };
    const error = values.find((value) => value instanceof Error);
    if (error) {
      entry.errorType = error.name;
      entry.errorMessage = error.message;
      entry.stackTrace = (error.stack ?? '').split('\n');
    }
    writeEvent(JSON.stringify(entry));
  } else {
    writeEvent(`${timestamp}\t${requestId || 'undefined'}\t${level}\t${util.format(...values)}`);
  }
}

for (const [name, level] of [['trace', 'TRACE'], ['debug', 'DEBUG'], ['info', 'INFO'], ['log', 'INFO'], ['warn', 'WARN'], ['error', 'ERROR'], ['fatal', 'FATAL']]) {
  console[name] = (...values) => log(level, ...values);
}

/** One kept connection to the Runtime API. It holds the process up only while a call is under way. */
class RuntimeApi {
  #host;
  #port;
  #prefix;
  #socket;
  #buffer = Buffer.alloc(0);
  #waiting;

  constructor(address) {
    const slash = address.indexOf('/');
    const [host, port] = (slash < 0 ? address : address.slice(0, slash)).split(':');
    this.#host = host;
    this.#port = Number(port ?? 80);
    this.#prefix = slash < 0 ? '' : address.slice(slash);
  }

  next() {
    return this.call('GET', 'invocation/next', '');
  }

  call(method, target, body, headers = '') {
    const bytes = Buffer.from(body);
    const head = `${method} ${this.#prefix}/2018-06-01/runtime/${target} HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Length: ${bytes.length}\r\n${headers}\r\n`;
    const socket = this.#connect();
    socket.ref();
    const answered = new Promise((resolve) => { this.#waiting = resolve; });
    socket.write(Buffer.concat([Buffer.from(head), bytes]));
    return answered;
  }

  #connect() {
    if (!this.#socket) {
      this.#socket = net.connect({ host: this.#host, port: this.#port, noDelay: true });
      this.#socket.on('data', (data) => {
        this.#buffer = this.#buffer.length ? Buffer.concat([this.#buffer, data]) : data;
        this.#take();
      });
      this.#socket.on('error', () => process.exit(1));
      this.#socket.on('close', () => process.exit(1));
    }
    return this.#socket;
  }

  #take() {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    const [status, ...lines] = this.#buffer.subarray(0, end).toString().split('\r\n');
    const headers = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const start = end + 4;
    const length = Number(headers['content-length'] ?? 0);
    if (this.#buffer.length < start + length) {
      return;
    }
    const body = this.#buffer.subarray(start, start + length);
    this.#buffer = this.#buffer.subarray(start + length);
    this.#socket.unref();
    const resolve = this.#waiting;
    this.#waiting = undefined;
    resolve({ status: Number(status.split(' ')[1]), headers, body });
  }
}

class Fault extends Error {
  constructor(type, message) {
    super(message);
    this.name = type;
  }
}

function isModulePackage(file) {
  for (let folder = path.dirname(file); folder.startsWith(env.LAMBDA_TASK_ROOT) || folder.startsWith('/opt'); folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) {
      return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
    }
  }
  return false;
}

async function loadModule(stem) {
  for (const file of [stem, stem + '.js', stem + '.mjs', stem + '.cjs']) {
    if (!fs.existsSync(file) || !fs.statSync(file).isFile()) {
      continue;
    }
    const asModule = file.endsWith('.mjs') || (!file.endsWith('.cjs') && isModulePackage(file));
    return asModule ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  }
  return createRequire(stem)(stem);
}

async function loadHandler(name) {
  const root = env.LAMBDA_TASK_ROOT;
  const base = path.basename(name);
  const dot = base.indexOf('.');
  if (dot <= 0 || name.includes('..')) {
    throw new Fault('Runtime.MalformedHandlerName', name.includes('..')
      ? `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.` : 'Bad handler');
  }
  const moduleName = path.join(path.dirname(name), base.slice(0, dot));
  let module;
  try {
    module = await loadModule(path.resolve(root, moduleName));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw Object.assign(new Fault('Runtime.UserCodeSyntaxError', String(error)), { stack: error.stack });
    }
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw Object.assign(new Fault('Runtime.ImportModuleError', String(error)), { stack: error.stack });
    }
    throw error;
  }
  let handler = module;
  for (const part of base.slice(dot + 1).split('.')) {
    handler = handler?.[part] ?? handler?.default?.[part];
  }
  if (handler === undefined) {
    throw new Fault('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new Fault('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  return handler;
}

function describe(error) {
  if (error instanceof Error || (util.types.isNativeError?.(error) ?? false)) {
    return {
      errorType: error.name,
      errorMessage: error.message,
      trace: (error.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof error, errorMessage: typeof error === 'string' ? error : util.inspect(error), trace: [] };
}

function loggable(error) {
  const description = describe(error);
  const extra = error instanceof Error ? Object.fromEntries(Object.entries(error).filter(([key]) => key !== 'name' && key !== 'stack')) : {};
  return JSON.stringify({ errorType: description.errorType, errorMessage: description.errorMessage, ...extra, stack: description.trace });
}

function typeHeader(error) {
  return `Lambda-Runtime-Function-Error-Type: ${String(error.errorType).replace(/[\r\n]/g, ' ')}\r\nContent-Type: application/json\r\n`;
}

function makeContext(headers, done) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const parse = (name) => (headers[name] ? JSON.parse(headers[name]) : undefined);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parse('lambda-runtime-client-context'),
    identity: parse('lambda-runtime-cognito-identity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: (error, result) => done(error, result, true),
    fail: (error) => done(error ?? new Error('undefined'), undefined, true),
    succeed: (result) => done(null, result, true),
  };
}

/** Calls the handler in whichever of its styles it has: promise, callback, or the context's own functions. */
function run(handler, event, headers) {
  return new Promise((resolve, reject) => {
    let finished = false;
    const settle = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    const done = (error, result, now) => {
      if (finished) {
        return;
      }
      finished = true;
      process.removeListener('beforeExit', idle);
      if (now || !context.callbackWaitsForEmptyEventLoop) {
        settle(error, result);
      } else {
        process.once('beforeExit', () => settle(error, result));
      }
    };
    const idle = () => done(null, null, true);
    const context = makeContext(headers, done);
    const promise = handler(event, context, (error, result) => done(error, result, false));
    if (typeof promise?.then === 'function') {
      promise.then((result) => done(null, result, true), (error) => done(error ?? new Error('undefined'), undefined, true));
    } else if (!finished) {
      process.once('beforeExit', idle);
    }
  });
}

async function serve(api, handler) {
  while (true) {
    const { headers, body } = await api.next();
    requestId = headers['lambda-runtime-aws-request-id'];
    env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
    let answer;
    let error;
    try {
      const result = await run(handler, JSON.parse(body), headers);
      try {
        answer = JSON.stringify(result === undefined ? null : result) ?? 'null';
      } catch (exception) {
        error = new Fault('Runtime.MarshalError', 'Unable to stringify response body');
      }
    } catch (exception) {
      error = exception ?? new Error(String(exception));
    }
    if (error === undefined) {
      await api.call('POST', `invocation/${requestId}/response`, answer, 'Content-Type: application/json\r\n');
    } else {
      log('ERROR', 'Invoke Error', '\t' + loggable(error));
      const description = describe(error);
      await api.call('POST', `invocation/${requestId}/error`, JSON.stringify(description), typeHeader(description));
    }
  }
}

const api = new RuntimeApi(env.AWS_LAMBDA_RUNTIME_API);

function fatal(kind, type, code) {
  return async (error) => {
    const description = type ? { errorType: type, errorMessage: String(error), trace: describe(error).trace } : describe(error);
    log('ERROR', kind, '\t' + JSON.stringify({ errorType: description.errorType, errorMessage: description.errorMessage, reason: type ? describe(error) : undefined, stack: description.trace }));
    // On a connection of its own: the other one may be waiting for the next event.
    await new RuntimeApi(env.AWS_LAMBDA_RUNTIME_API).call('POST', requestId ? `invocation/${requestId}/error` : 'init/error', JSON.stringify(description), typeHeader(description));
    process.exit(code);
  };
}

process.on('uncaughtException', fatal('Uncaught Exception', undefined, 129));
process.on('unhandledRejection', fatal('Unhandled Promise Rejection', 'Runtime.UnhandledPromiseRejection', 128));

let handler;
try {
  handler = await loadHandler(env._HANDLER);
} catch (error) {
  const description = describe(error);
  log('ERROR', 'Uncaught Exception', '\t' + loggable(error));
  await api.call('POST', 'init/error', JSON.stringify(description), typeHeader(description));
  process.exit(129);
}
serve(api, handler);

"""Runs a Python function: asks the Runtime API for events, calls the handler, answers."""

import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback

# In a line of output this character is a line break inside one log event.
_BREAK = "\x1e"
_IMPORTED_BY = ("importlib", "<frozen importlib")


class _RuntimeApi:
    """One kept connection to the Runtime API, HTTP/1.1."""

    def __init__(self, address):
        host, _, prefix = address.partition("/")
        self._host, _, port = host.partition(":")
        self._port = int(port or 80)
        self._prefix = "/" + prefix if prefix else ""
        self._socket = None
        self._buffer = b""

    def next(self):
        _, headers, body = self._call("GET", "invocation/next")
        return headers, body

    def answer(self, request_id, body):
        return self._call("POST", "invocation/" + request_id + "/response", body)[0]

    def fail(self, path, error, kind):
        body = json.dumps(error).encode()
        self._call("POST", path, body, "Lambda-Runtime-Function-Error-Type: " + kind.replace("\n", " ") + "\r\n")

    def _call(self, method, path, body=b"", extra=""):
        if self._socket is None:
            self._socket = socket.create_connection((self._host, self._port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = "%s %s/2018-06-01/runtime/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n%s\r\n" % (
            method, self._prefix, path, self._host, len(body), extra)
        self._socket.sendall(head.encode("utf-8", "replace") + body)
        while True:
            end = self._buffer.find(b"\r\n\r\n")
            if end >= 0:
                break
            self._receive()
        lines = self._buffer[:end].decode("utf-8", "replace").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        start = end + 4
        parts = [self._buffer[start:]]
        have = len(parts[0])
        while have < length:
            part = self._socket.recv(min(length - have, 1 << 20))
            if not part:
                os._exit(1)
            parts.append(part)
            have += len(part)
        whole = b"".join(parts)
        self._buffer = whole[length:]
        return int(lines[0].split(" ")[1]), headers, whole[:length]

    def _receive(self):
        part = self._socket.recv(1 << 16)
        if not part:
            os._exit(1)
        self._buffer += part


class _Client:
    def __init__(self, values):
        self.installation_id = values.get("installation_id")
        self.app_title = values.get("app_title")
        self.app_version_name = values.get("app_version_name")
        self.app_version_code = values.get("app_version_code")
        self.app_package_name = values.get("app_package_name")


class _ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        client = values.get("client")
        self.client = _Client(client) if client else None


class _Identity:
    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class LambdaContext:
    def __init__(self, headers):
        env = os.environ
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.function_name = env["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = env["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = env["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = env["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.tenant_id = None
        client = headers.get("lambda-runtime-client-context")
        self.client_context = _ClientContext(json.loads(client)) if client else None
        identity = headers.get("lambda-runtime-cognito-identity")
        self.identity = _Identity(json.loads(identity) if identity else {})
        self._deadline = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class _Fault(Exception):
    """A handler that cannot be found is every invocation's error, not the start's."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.trace = list(trace)


class _RequestFilter(logging.Filter):
    request_id = ""

    def filter(self, record):
        record.aws_request_id = _RequestFilter.request_id
        return True


class _LogHandler(logging.Handler):
    def emit(self, record):
        _write_event(self.format(record))


class _JsonFormatter(logging.Formatter):
    def format(self, record):
        entry = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": _RequestFilter.request_id,
        }
        if record.exc_info:
            kind, value, trace = record.exc_info
            entry["errorType"] = kind.__name__ if kind else None
            entry["errorMessage"] = str(value)
            entry["stackTrace"] = traceback.format_list(traceback.extract_tb(trace))
        return json.dumps(entry, default=str)


def _write_event(text):
    sys.stdout.write(text.rstrip("\n").replace("\n", _BREAK) + "\n")


def _configure_logging():
    handler = _LogHandler()
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        handler.setFormatter(_JsonFormatter())
    else:
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
    handler.addFilter(_RequestFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    if level:
        root.setLevel({"TRACE": "DEBUG", "WARN": "WARNING", "FATAL": "CRITICAL"}.get(level, level))


def _frames(trace, keep):
    frames = traceback.extract_tb(trace)
    return traceback.format_list(frames[keep:])


def _encode(value):
    def other(item):
        decimal = sys.modules.get("decimal")
        if decimal and isinstance(item, decimal.Decimal):
            return float(item)
        raise TypeError("Object of type %s is not JSON serializable" % type(item).__name__)

    version = os.environ["AWS_EXECUTION_ENV"].rpartition("python3.")[2]
    return json.dumps(value, default=other, ensure_ascii=version.isdigit() and int(version) < 12).encode("utf-8", "surrogatepass")


def _fault_handler(fault):
    def handler(event, context):
        raise fault

    return handler


def _load(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        return _fault_handler(_Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (name, error)))
    module_name = module_name.replace("/", ".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        return _fault_handler(_Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error)))
    except SyntaxError as error:
        where = '  File "%s" Line %s\n    %s' % (error.filename, error.lineno, (error.text or "").rstrip("\n"))
        return _fault_handler(_Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), [where]))
    handler = getattr(module, function_name, None)
    if handler is None:
        return _fault_handler(_Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name)))
    return handler


def _describe(error, trace, request_id, keep):
    if isinstance(error, _Fault):
        return {"errorMessage": str(error), "errorType": error.kind, "requestId": request_id, "stackTrace": error.trace}
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": _frames(trace, keep),
    }


def _report(error):
    text = "[ERROR] %s: %s" % (error["errorType"], error["errorMessage"])
    if error["stackTrace"]:
        text += "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"])
    _write_event(text)


def _own_frames(trace):
    """How many frames at the start of a failed import are the importer's."""
    count = 0
    for frame in traceback.extract_tb(trace):
        if frame.filename == __file__ or any(part in frame.filename for part in _IMPORTED_BY):
            count += 1
        else:
            break
    return count


def _serve(api, handler):
    while True:
        headers, body = api.next()
        request_id = headers["lambda-runtime-aws-request-id"]
        _RequestFilter.request_id = request_id
        trace_id = headers.get("lambda-runtime-trace-id")
        if trace_id:
            os.environ["_X_AMZN_TRACE_ID"] = trace_id
        error = None
        answer = b""
        try:
            event = json.loads(body.decode("utf-8"))
        except ValueError as exception:
            error = {"errorMessage": "Unable to unmarshal input: %s" % exception, "errorType": "Runtime.UnmarshalError",
                     "requestId": request_id, "stackTrace": []}
        if error is None:
            try:
                result = handler(event, LambdaContext(headers))
            except SystemExit as exit_request:
                sys.stdout.flush()
                sys.stderr.flush()
                code = exit_request.code
                os._exit(code if isinstance(code, int) else 0 if code is None else 1)
            except BaseException as exception:
                error = _describe(exception, exception.__traceback__, request_id, 1)
            else:
                try:
                    answer = _encode(result)
                except Exception as exception:
                    error = {"errorMessage": "Unable to marshal response: %s" % exception, "errorType": "Runtime.MarshalError",
                             "requestId": request_id, "stackTrace": []}
        if error is not None:
            _report(error)
        sys.stdout.flush()
        sys.stderr.flush()
        if error is not None:
            api.fail("invocation/" + request_id + "/error", error, error["errorType"])
        else:
            api.answer(request_id, answer)


def _main():
    sys.stdout.reconfigure(line_buffering=True, encoding="utf-8", errors="backslashreplace")
    api = _RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    version = "python%d.%d" % sys.version_info[:2]
    sys.path[0:1] = [os.environ["LAMBDA_TASK_ROOT"], "/opt/python/lib/%s/site-packages" % version, "/opt/python"]
    _configure_logging()
    try:
        handler = _load(os.environ["_HANDLER"])
    except BaseException as exception:
        trace = exception.__traceback__
        error = _describe(exception, trace, "", _own_frames(trace))
        _report(error)
        sys.stdout.flush()
        api.fail("init/error", error, error["errorType"])
        os._exit(1)
    _serve(api, handler)


if __name__ == "__main__":
    _main()

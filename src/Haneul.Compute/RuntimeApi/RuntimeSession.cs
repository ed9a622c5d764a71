using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Haneul.Compute.RuntimeApi;

/// <summary>An event on its way into a function.</summary>
internal sealed record RuntimeEvent(
    string RequestId, ReadOnlyMemory<byte> Payload, DateTimeOffset Deadline, string FunctionArn, string? TraceId, string? ClientContext, string? Identity);

/// <summary>What a function answered: its result, or its error.</summary>
internal readonly record struct RuntimeAnswer(ReadOnlyMemory<byte> Payload, string? ErrorType);

/// <summary>
/// The Runtime API as one execution environment sees it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"/>
/// </summary>
internal sealed class RuntimeSession
{
    /// <summary>The longest answer, in bytes.</summary>
    public const int MaxPayload = 6_291_556;

    private const string Prefix = "/2018-06-01/runtime/";
    private readonly Channel<RuntimeEvent> _events = Channel.CreateBounded<RuntimeEvent>(1);
    private readonly TaskCompletionSource _ready = New();
    private readonly TaskCompletionSource<RuntimeAnswer> _initError = New<RuntimeAnswer>();

    // Guarded by the lock: an invocation under way, and whether the runtime has asked for the next one since.
    private readonly Lock _lock = new();
    private string? _current;
    private TaskCompletionSource<RuntimeAnswer>? _answer;
    private TaskCompletionSource _idle = New();

    /// <summary>Completes when the runtime asks for its first event: the end of its initialisation.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes if the runtime reports that its initialisation failed.</summary>
    public Task<RuntimeAnswer> InitError => _initError.Task;

    /// <summary>Completes when the runtime waits for an event.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
            {
                return _idle.Task;
            }
        }
    }

    /// <summary>Hands an event to the runtime; the task is its answer.</summary>
    public Task<RuntimeAnswer> InvokeAsync(RuntimeEvent invocation)
    {
        lock (_lock)
        {
            _current = invocation.RequestId;
            _answer = New<RuntimeAnswer>();
            _idle = New();
            if (!_events.Writer.TryWrite(invocation))
            {
                throw new InvalidOperationException("The environment is busy.");
            }

            return _answer.Task;
        }
    }

    public async Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var at = path.IndexOf(Prefix, StringComparison.Ordinal);
        var route = at < 0 ? "" : path[(at + Prefix.Length)..];
        if (HttpMethods.IsGet(http.Request.Method) && route == "invocation/next")
        {
            await NextAsync(http);
            return;
        }

        if (HttpMethods.IsPost(http.Request.Method))
        {
            switch (route.Split('/'))
            {
                case ["init", "error"]:
                    await InitErrorAsync(http);
                    return;
                case ["invocation", var id, "response"]:
                    await AnswerAsync(http, id, failed: false);
                    return;
                case ["invocation", var id, "error"]:
                    await AnswerAsync(http, id, failed: true);
                    return;
                default:
                    break;
            }
        }

        await SendAsync(http, 404, """{"errorMessage":"No such operation of the runtime API.","errorType":"NotFound"}"""u8.ToArray());
    }

    private async Task NextAsync(HttpContext http)
    {
        var busy = false;
        lock (_lock)
        {
            busy = _answer is { Task.IsCompleted: false } && _events.Reader.Count == 0;
            if (!busy && _events.Reader.Count == 0)
            {
                _idle.TrySetResult();
            }
        }

        if (busy)
        {
            await SendAsync(http, 403, """{"errorMessage":"State transition from Ready to Ready is not allowed.","errorType":"InvalidStateTransition"}"""u8.ToArray());
            return;
        }

        _ready.TrySetResult();
        RuntimeEvent invocation;
        try
        {
            invocation = await _events.Reader.ReadAsync(http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var headers = http.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        if (invocation.TraceId is { } trace)
        {
            headers["Lambda-Runtime-Trace-Id"] = trace;
        }

        if (invocation.ClientContext is { } client)
        {
            headers["Lambda-Runtime-Client-Context"] = client;
        }

        if (invocation.Identity is { } identity)
        {
            headers["Lambda-Runtime-Cognito-Identity"] = identity;
        }

        await SendAsync(http, 200, invocation.Payload);
    }

    private async Task AnswerAsync(HttpContext http, string id, bool failed)
    {
        TaskCompletionSource<RuntimeAnswer>? answer;
        lock (_lock)
        {
            answer = id == _current && _answer is { Task.IsCompleted: false } ? _answer : null;
        }

        if (answer is null)
        {
            await SendAsync(http, 400, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}"""u8.ToArray());
            return;
        }

        if (await ReadAsync(http) is not { } body)
        {
            await SendAsync(http, 413, """{"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}"""u8.ToArray());
            answer.TrySetResult(new RuntimeAnswer(
                """{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}"""u8.ToArray(),
                "Function.ResponseSizeTooLarge"));
            return;
        }

        await AcceptAsync(http);
        answer.TrySetResult(new RuntimeAnswer(body, failed ? ErrorType(http) : null));
    }

    private async Task InitErrorAsync(HttpContext http)
    {
        var body = await ReadAsync(http) ?? [];
        await AcceptAsync(http);
        _initError.TrySetResult(new RuntimeAnswer(body, ErrorType(http)));
    }

    private static string ErrorType(HttpContext http) =>
        http.Request.Headers["Lambda-Runtime-Function-Error-Type"] is [{ Length: > 0 } type] ? type : "Unhandled";

    private static Task AcceptAsync(HttpContext http) => SendAsync(http, 202, """{"status":"OK"}"""u8.ToArray());

    private static async Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    // Null when it is too long.
    private static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxPayload)
        {
            return null;
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > MaxPayload)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Diagnostics;
using System.Globalization;

namespace Haneul.Lambda.Tests;

/// <summary>Functions in real sandboxes, called over HTTP.</summary>
public sealed class InvocationTests : IAsyncLifetime
{
    private LambdaCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        Machine.Needs.Sandboxes();
        _cloud = await LambdaCloud.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_python_function_answers_and_logs()
    {
        await _cloud.CreateAsync("py", "python3.11", "app.handler", "app.py", """
            import logging
            logging.getLogger().setLevel("INFO")
            def handler(event, context):
                print("hello from", context.function_name)
                logging.info("two\nlines")
                return {"sum": event["a"] + event["b"], "id": context.aws_request_id, "left": context.get_remaining_time_in_millis()}
            """);
        var answer = await _cloud.InvokeAsync("py", """{"a":2,"b":40}""", ("X-Amz-Log-Type", "Tail"));
        Assert.True(answer.Status == 200 && answer.Error is null, answer.ToString());
        Assert.Equal(42, answer.Json.GetProperty("sum").GetInt32());
        Assert.Equal(answer.RequestId, answer.Json.GetProperty("id").GetString());
        Assert.InRange(answer.Json.GetProperty("left").GetInt32(), 1, 3000);
        Assert.Equal("$LATEST", answer.Version);
        Assert.Contains("hello from py\n", answer.Log);
        Assert.Matches(@"\[INFO\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z\t" + answer.RequestId + "\ttwo\nlines\n", answer.Log);
        var log = await _cloud.LogAsync("/aws/lambda/py");
        Assert.Matches(@"^INIT_START Runtime Version: python:3\.11\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$", log[0]);
        Assert.Contains($"START RequestId: {answer.RequestId} Version: $LATEST\n", log);
        Assert.Contains($"END RequestId: {answer.RequestId}\n", log);
        Assert.Matches(
            $@"^REPORT RequestId: {answer.RequestId}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: [\d.]+ ms\t\n$",
            log[^1]);
        Assert.Matches(@"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$", await _cloud.StreamAsync("/aws/lambda/py"));
    }

    [Theory]
    [InlineData("index.mjs", "export const handler = async (event, context) => { console.log('hi'); return { sum: event.a + event.b, id: context.awsRequestId }; };")]
    [InlineData("index.js", "exports.handler = (event, context, callback) => { console.log('hi'); setTimeout(() => callback(null, { sum: event.a + event.b, id: context.awsRequestId }), 5); };")]
    public async Task A_node_function_answers_and_logs(string file, string source)
    {
        await _cloud.CreateAsync("node", "nodejs20.x", "index.handler", file, source, ""","MemorySize":256""");
        for (var i = 0; i < 2; i++)
        {
            var answer = await _cloud.InvokeAsync("node", """{"a":2,"b":40}""", ("X-Amz-Log-Type", "Tail"));
            Assert.True(answer.Status == 200 && answer.Error is null, answer.ToString());
            Assert.Equal(42, answer.Json.GetProperty("sum").GetInt32());
            Assert.Equal(answer.RequestId, answer.Json.GetProperty("id").GetString());
            Assert.Matches(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t" + answer.RequestId + "\tINFO\thi\n", answer.Log);
        }
    }

    [Fact]
    public async Task A_custom_runtime_is_any_program()
    {
        await _cloud.CreateAsync("sh", "provided.al2023", "some.handler", "bootstrap", """
            #!/bin/bash
            api=${AWS_LAMBDA_RUNTIME_API%%/*}; prefix=${AWS_LAMBDA_RUNTIME_API#"$api"}
            while true; do
              exec 3<>/dev/tcp/${api/:/\/}
              printf 'GET '"$prefix"'/2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >&3
              id=; length=0
              while IFS=$'\r\n' read -r line <&3 && [ -n "$line" ]; do
                case "${line,,}" in
                  lambda-runtime-aws-request-id:*) id=${line#*: } ;;
                  content-length:*) length=${line#*: } ;;
                esac
              done
              read -r -N "$length" event <&3
              exec 3>&-
              echo "event $event for $_HANDLER" >&2
              body="{\"got\":$event}"
              exec 3<>/dev/tcp/${api/:/\/}
              printf 'POST '"$prefix"'/2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' "$id" "${#body}" "$body" >&3
              cat <&3 >/dev/null
              exec 3>&-
            done
            """);
        var answer = await _cloud.InvokeAsync("sh", """{"x":1}""", ("X-Amz-Log-Type", "Tail"));
        Assert.Equal("""{"got":{"x":1}}""", answer.Body);
        Assert.Contains("event {\"x\":1} for some.handler\n", answer.Log);
        Assert.Equal("""{"got":[2]}""", (await _cloud.InvokeAsync("sh", "[2]")).Body);
    }

    [Fact]
    public async Task An_environment_is_used_again_and_keeps_its_state()
    {
        await _cloud.CreateAsync("count", "python3.11", "app.handler", "app.py", """
            n = 0
            def handler(event, context):
                global n
                n += 1
                return n
            """);
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), (await _cloud.InvokeAsync("count")).Body);
        }

        Assert.Single(await _cloud.LogAsync("/aws/lambda/count"), line => line.StartsWith("INIT_START", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_ended_and_starts_anew()
    {
        await _cloud.CreateAsync("slow", "python3.11", "app.handler", "app.py", """
            import time
            n = 0
            def handler(event, context):
                global n
                n += 1
                if event.get("sleep"):
                    time.sleep(30)
                return n
            """, ""","Timeout":1""");
        Assert.Equal("1", (await _cloud.InvokeAsync("slow")).Body);
        var started = Stopwatch.GetTimestamp();
        var answer = await _cloud.InvokeAsync("slow", """{"sleep":true}""", ("X-Amz-Log-Type", "Tail"));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.9, 5); // timers may be a hair early
        Assert.Equal(200, answer.Status);
        Assert.Equal("Unhandled", answer.Error);
        Assert.Equal("Sandbox.Timedout", answer.Json.GetProperty("errorType").GetString());
        Assert.Equal($"RequestId: {answer.RequestId} Error: Task timed out after 1.00 seconds", answer.Json.GetProperty("errorMessage").GetString());
        Assert.Matches($@"\d\dZ {answer.RequestId} Task timed out after 1\.00 seconds\n\n", answer.Log);
        Assert.Contains("Duration: 1000.00 ms\tBilled Duration: 1000 ms\t", answer.Log);
        Assert.Equal("1", (await _cloud.InvokeAsync("slow")).Body);
    }

    [Fact]
    public async Task A_function_that_takes_too_much_memory_is_ended()
    {
        Machine.Needs.Root();
        await _cloud.CreateAsync("fat", "python3.11", "app.handler", "app.py", """
            def handler(event, context):
                return len(bytearray(event["megabytes"] * 1024 * 1024).replace(b"\0", b"x"))
            """, ""","MemorySize":128,"Timeout":20""");
        Assert.Null((await _cloud.InvokeAsync("fat", """{"megabytes":10}""")).Error);
        var answer = await _cloud.InvokeAsync("fat", """{"megabytes":300}""");
        Assert.Equal("Runtime.ExitError", answer.Json.GetProperty("errorType").GetString());
        Assert.Equal($"RequestId: {answer.RequestId} Error: Runtime exited with error: signal: killed", answer.Json.GetProperty("errorMessage").GetString());
    }

    [Theory]
    [InlineData("python3.9")]
    [InlineData("python3.12")]
    [InlineData("python3.13")]
    [InlineData("python3.14")]
    [InlineData("nodejs22.x")]
    public async Task Runtimes_run_on_what_is_there_and_say_so(string runtime)
    {
        var python = runtime.StartsWith("python", StringComparison.Ordinal);
        await _cloud.CreateAsync(
            "any", runtime, "app.handler", python ? "app.py" : "app.mjs",
            python ? "import sys, ssl, json, sqlite3\ndef handler(event, context): return 'python%d.%d' % sys.version_info[:2]" : "export const handler = async () => `nodejs${process.versions.node.split('.')[0]}.x`",
            ""","MemorySize":256""");
        var answer = await _cloud.InvokeAsync("any");
        Assert.True(answer.Error is null, answer.ToString());
        var ran = answer.Json.GetString();
        var log = await _cloud.LogAsync("/aws/lambda/any");
        Assert.Equal(ran != runtime, log.Any(line => line.StartsWith($"Haneul: {runtime} is not installed on this machine; ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Errors_are_told_as_each_runtime_tells_them()
    {
        await _cloud.CreateAsync("py", "python3.11", "app.handler", "app.py", """
            def handler(event, context):
                raise ValueError("no good")
            """);
        var answer = await _cloud.InvokeAsync("py", "{}", ("X-Amz-Log-Type", "Tail"));
        Assert.Equal("Unhandled", answer.Error);
        Assert.Equal("no good", answer.Json.GetProperty("errorMessage").GetString());
        Assert.Equal("ValueError", answer.Json.GetProperty("errorType").GetString());
        Assert.Equal(answer.RequestId, answer.Json.GetProperty("requestId").GetString());
        Assert.Equal("  File \"/var/task/app.py\", line 2, in handler\n    raise ValueError(\"no good\")\n", answer.Json.GetProperty("stackTrace")[0].GetString());
        Assert.Equal(1, answer.Json.GetProperty("stackTrace").GetArrayLength());
        Assert.Contains("[ERROR] ValueError: no good\nTraceback (most recent call last):\n", answer.Log);

        await _cloud.CreateAsync("node", "nodejs20.x", "index.handler", "index.js", "exports.handler = async () => { throw new TypeError('bad'); };", ""","MemorySize":256""");
        answer = await _cloud.InvokeAsync("node");
        Assert.Equal("TypeError", answer.Json.GetProperty("errorType").GetString());
        Assert.Equal("bad", answer.Json.GetProperty("errorMessage").GetString());
        Assert.Equal("TypeError: bad", answer.Json.GetProperty("trace")[0].GetString());
        Assert.Contains("/var/task/index.js:1:", answer.Json.GetProperty("trace")[1].GetString());
    }

    [Theory]
    [InlineData("python3.11", "app.handler", "app.py", "import nothing_like_this", "Runtime.ImportModuleError", "Unable to import module 'app': No module named 'nothing_like_this'")]
    [InlineData("python3.11", "app.other", "app.py", "x = 1", "Runtime.HandlerNotFound", "Handler 'other' missing on module 'app'")]
    [InlineData("python3.11", "app", "app.py", "x = 1", "Runtime.MalformedHandlerName", "Bad handler 'app': not enough values to unpack (expected 2, got 1)")]
    [InlineData("python3.11", "app.handler", "app.py", "1 / 0", "ZeroDivisionError", "division by zero")]
    [InlineData("python3.11", "app.handler", "app.py", "import os; os._exit(3)", "Runtime.ExitError", "Error: Runtime exited with error: exit status 3")]
    [InlineData("python3.11", "app.handler", "app.py", "handler = lambda event, context: {1}", "Runtime.MarshalError", "Unable to marshal response: Object of type set is not JSON serializable")]
    [InlineData("python3.11", "app.handler", "app.py", "import os\ndef handler(event, context): os._exit(0)", "Runtime.ExitError", "Error: Runtime exited without providing a reason")]
    [InlineData("nodejs20.x", "index.none", "index.js", "exports.handler = 1", "Runtime.HandlerNotFound", "index.none is undefined or not exported")]
    [InlineData("nodejs20.x", "index.handler", "other.js", "1", "Runtime.ImportModuleError", "Error: Cannot find module")]
    [InlineData("nodejs20.x", "index.handler", "index.js", "exports.handler = () => {", "Runtime.UserCodeSyntaxError", "SyntaxError: Unexpected end of input")]
    [InlineData("nodejs20.x", "index.handler", "index.js", "exports.handler = () => { process.exit(0); }", "Runtime.ExitError", "Error: Runtime exited without providing a reason")]
    public async Task A_function_that_cannot_run_says_why(string runtime, string handler, string file, string source, string type, string message)
    {
        await _cloud.CreateAsync("broken", runtime, handler, file, source, ""","MemorySize":256""");
        var answer = await _cloud.InvokeAsync("broken");
        Assert.True(answer.Status == 200 && answer.Error == "Unhandled", answer.ToString());
        Assert.Equal(type, answer.Json.GetProperty("errorType").GetString());
        Assert.Contains(message, answer.Json.GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task Invocations_at_the_same_time_have_environments_of_their_own()
    {
        await _cloud.CreateAsync("wait", "python3.11", "app.handler", "app.py", """
            import os, time
            def handler(event, context):
                time.sleep(0.5)
                return context.log_stream_name
            """, ""","MemorySize":512""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _cloud.InvokeAsync("wait")));
        Assert.Equal(4, answers.Select(answer => answer.Body).Distinct().Count());
    }

    [Fact]
    public async Task The_environment_is_what_lambda_makes_it()
    {
        await _cloud.CreateAsync("env", "python3.11", "app.handler", "app.py", """
            import os
            def handler(event, context):
                return {**os.environ, "cwd": os.getcwd(), "uid": os.getuid(), "argv0": context.memory_limit_in_mb, "arn": context.invoked_function_arn}
            """, ""","Environment":{"Variables":{"COLOUR":"blau\nund grün","EMPTY":""}}""");
        var env = (await _cloud.InvokeAsync("env")).Json;
        string Get(string name) => env.GetProperty(name).GetString()!;
        Assert.Equal("blau\nund grün", Get("COLOUR"));
        Assert.Equal("", Get("EMPTY"));
        Assert.Equal("app.handler", Get("_HANDLER"));
        Assert.Equal("AWS_Lambda_python3.11", Get("AWS_EXECUTION_ENV"));
        Assert.Equal("env", Get("AWS_LAMBDA_FUNCTION_NAME"));
        Assert.Equal("128", Get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
        Assert.Equal("us-east-1", Get("AWS_REGION"));
        Assert.Equal("/var/task", Get("LAMBDA_TASK_ROOT"));
        Assert.Equal("/var/task", Get("cwd"));
        Assert.Equal(_cloud.Runner.Isolation.OwnNetwork ? "http://127.0.0.1:4566" : _cloud.Url.ToString().TrimEnd('/'), Get("AWS_ENDPOINT_URL"));
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:env", Get("arn"));
        Assert.NotEqual(0, env.GetProperty("uid").GetInt64());
        Assert.DoesNotContain(env.EnumerateObject(), item => item.Name is "HOME" or "USER" or "DOTNET_CLI_HOME");
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Haneul.Kernel.Cloud;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Lambda.Tests;

/// <summary>Functions that try what they should not be able to do.</summary>
public sealed class HostileFunctionTests : IAsyncLifetime
{
    private LambdaCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        Machine.Needs.Sandboxes();
        Machine.Needs.Root();
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
    public async Task Nothing_of_the_host_can_be_read()
    {
        var data = _cloud.Services.GetRequiredService<CloudEnvironment>().DataDirectory;
        await _cloud.CreateAsync("other", "python3.11", "app.handler", "app.py", "secret = 1");
        await _cloud.CreateAsync("spy", "python3.11", "app.handler", "app.py", """
            import os
            def look(path):
                try:
                    return os.listdir(path) if os.path.isdir(path) else open(path, "rb").read().decode("utf-8", "replace")
                except OSError as error:
                    return "refused: " + error.strerror
            def handler(event, context):
                found = {path: look(path) for path in event["paths"]}
                found["processes"] = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
                found["descriptors"] = sorted(int(name) for name in os.listdir("/proc/self/fd"))
                found["passwd"] = look("/etc/passwd")
                return found
            """);
        string[] paths =
        [
            "/etc/shadow", "/root", "/home", "/var/lib", "/var/log", "/sys", "/boot", "/run", "/proc/1/environ", "/proc/1/root", "/proc/1/cwd", "/dev/mem",
            "/dev/sda", "/dev/vda", "/proc/kcore", data,
        ];
        var found = (await _cloud.InvokeAsync("spy", $$"""{"paths":[{{string.Join(',', paths.Select(path => $"\"{path}\""))}}]}""")).Json;
        foreach (var path in paths)
        {
            Assert.StartsWith("refused: ", found.GetProperty(path).ToString());
        }

        Assert.DoesNotContain(found.GetProperty("processes").EnumerateArray(), process => process.GetInt32() > 50);
        Assert.All(found.GetProperty("descriptors").EnumerateArray(), descriptor => Assert.InRange(descriptor.GetInt32(), 0, 4));
        Assert.Equal(2, found.GetProperty("passwd").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Nothing_can_be_written_but_its_own_tmp()
    {
        await _cloud.CreateAsync("pen", "python3.11", "app.handler", "app.py", """
            import os
            def attempt(path):
                try:
                    with open(path, "w") as file:
                        file.write("x")
                    return "written"
                except OSError as error:
                    return "refused"
            def handler(event, context):
                return {path: attempt(path) for path in event}
            """);
        string[] refused = ["/var/task/app.py", "/var/task/new", "/usr/bin/new", "/new", "/etc/passwd", "/dev/shm/new", "/dev/new", "/var/runtime/bootstrap.py", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger"];
        var answer = (await _cloud.InvokeAsync("pen", $"[\"/tmp/x\",{string.Join(',', refused.Select(path => $"\"{path}\""))}]")).Json;
        Assert.Equal("written", answer.GetProperty("/tmp/x").GetString());
        Assert.All(refused, path => Assert.Equal("refused", answer.GetProperty(path).GetString()));
        Assert.False(File.Exists("/tmp/x") && (await File.ReadAllTextAsync("/tmp/x", TestContext.Current.CancellationToken)) == "x");
    }

    [Fact]
    public async Task The_kernel_refuses_what_functions_do_not_need()
    {
        await _cloud.CreateAsync("kernel", "python3.11", "app.handler", "app.py", """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            def call(name, *arguments):
                ctypes.set_errno(0)
                result = getattr(libc, name)(*arguments)
                return os.strerror(ctypes.get_errno()) if result == -1 else "done"
            def handler(event, context):
                answers = {
                    "mount": call("mount", b"none", b"/tmp", b"tmpfs", 0, None),
                    "unshare user": call("unshare", 0x10000000),
                    "unshare net": call("unshare", 0x40000000),
                    "ptrace": call("ptrace", 0, 0, 0, 0),
                    "setns": call("setns", 0, 0),
                    "chroot": call("chroot", b"/tmp"),
                    "bpf": call("syscall", 321, 0, 0, 0),
                    "keyctl": call("syscall", 250, 0, 0, 0),
                    "kexec": call("syscall", 246, 0, 0, 0, 0),
                    "module": call("syscall", 313, 0, 0, 0),
                    "clone user": call("syscall", 56, 0x10000000 | 17, 0, 0, 0, 0),
                    "io_uring": call("syscall", 425, 1, 0),
                    "setuid": call("setuid", 0),
                    "packet socket": call("socket", 17, 3, 0),
                }
                with open("/proc/self/status") as file:
                    answers["status"] = file.read()
                return answers
            """);
        var answers = (await _cloud.InvokeAsync("kernel")).Json;
        foreach (var answer in answers.EnumerateObject().Where(answer => answer.Name != "status"))
        {
            Assert.True(answer.Value.GetString() == "Operation not permitted", answer.ToString());
        }

        var status = answers.GetProperty("status").GetString();
        Assert.Contains("CapEff:\t0000000000000000\n", status);
        Assert.Contains("CapBnd:\t0000000000000000\n", status);
        Assert.Contains("NoNewPrivs:\t1\n", status);
        Assert.Contains("Seccomp:\t2\n", status);
    }

    [Fact]
    public async Task The_network_is_the_clouds_endpoint_and_nothing_else()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        await _cloud.CreateAsync("net", "python3.11", "app.handler", "app.py", """
            import os, socket, urllib.request
            def reach(address, port):
                try:
                    socket.create_connection((address, port), 1).close()
                    return "reached"
                except OSError:
                    return "refused"
            def handler(event, context):
                return {
                    "endpoint": urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/_haneul/health").status,
                    "reached": [f"{address}:{port}" for address, port in event if reach(address, port) == "reached"],
                }
            """, ""","Timeout":20""");
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var addresses = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), AddressFamily.InterNetwork, TestContext.Current.CancellationToken)).Select(address => address.ToString());
        var targets = addresses.Append("127.0.0.1").Append("10.0.0.1").Append("169.254.169.254").Distinct()
            .SelectMany(address => new[] { (address, port), (address, _cloud.Url.Port), (address, 22), (address, 80) });
        var json = "[" + string.Join(',', targets.Select(target => string.Create(CultureInfo.InvariantCulture, $"[\"{target.Item1}\",{target.Item2}]"))) + "]";
        var answer = await _cloud.InvokeAsync("net", json);
        Assert.True(answer.Error is null, answer.ToString());
        Assert.Equal(200, answer.Json.GetProperty("endpoint").GetInt32());
        Assert.Equal("[]", answer.Json.GetProperty("reached").GetRawText());
    }

    [Fact]
    public async Task Processes_memory_and_disk_run_out_for_the_function_alone()
    {
        await _cloud.CreateAsync("bomb", "python3.11", "app.handler", "app.py", """
            import errno, os, signal
            def forks():
                children = []
                try:
                    while len(children) < 3000:
                        child = os.fork()
                        if child == 0:
                            signal.pause()
                        children.append(child)
                except OSError as error:
                    return [len(children), errno.errorcode[error.errno]]
                finally:
                    for child in children:
                        os.kill(child, signal.SIGKILL)
                        os.waitpid(child, 0)
            def disk():
                size = 0
                try:
                    with open("/tmp/fill", "wb", 0) as file:
                        while size < 700 << 20:
                            size += file.write(bytes(1 << 20))
                except OSError as error:
                    return [size >> 20, errno.errorcode[error.errno]]
                finally:
                    os.unlink("/tmp/fill")
            def files():
                held = []
                try:
                    while len(held) < 3000:
                        held.append(open("/dev/null"))
                except OSError as error:
                    return [len(held), errno.errorcode[error.errno]]
                finally:
                    del held
            def handler(event, context):
                return {"forks": forks(), "disk": disk(), "files": files()}
            """, ""","MemorySize":1769,"Timeout":60""");
        var answer = await _cloud.InvokeAsync("bomb");
        Assert.True(answer.Error is null, answer.ToString());
        Assert.InRange(answer.Json.GetProperty("forks")[0].GetInt32(), 100, 1024);
        Assert.Equal("EAGAIN", answer.Json.GetProperty("forks")[1].GetString());
        Assert.InRange(answer.Json.GetProperty("disk")[0].GetInt32(), 500, 512);
        Assert.Equal("ENOSPC", answer.Json.GetProperty("disk")[1].GetString());
        Assert.InRange(answer.Json.GetProperty("files")[0].GetInt32(), 900, 1024);
        Assert.Equal("EMFILE", answer.Json.GetProperty("files")[1].GetString());
    }

    [Fact]
    public async Task What_a_function_leaves_running_ends_with_it()
    {
        var mark = Guid.Parse("3f1c86a5-51f4-4a8e-8a60-2f0b62a1d001").ToString("N");
        await _cloud.CreateAsync("daemon", "python3.11", "app.handler", "app.py", $$"""
            import os, subprocess, time
            def handler(event, context):
                subprocess.Popen(["sleep", "1000"], start_new_session=True, env={"MARK": "{{mark}}"})
                os.system("(sleep 1000 &) ; (setsid sleep 1000 &)")
                time.sleep(60)
            """, $$$""","Timeout":1,"Environment":{"Variables":{"MARK":"{{{mark}}}"}}""");
        var answer = await _cloud.InvokeAsync("daemon");
        Assert.Equal("Sandbox.Timedout", answer.Json.GetProperty("errorType").GetString());
        await EventuallyAsync(() => _cloud.Runner.Living == 0);
        Assert.DoesNotContain(Processes("environ"), text => text.Contains(mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_do_not_stand_in_command_lines()
    {
        const string secret = "a-secret-that-nobody-else-has-4711";
        await _cloud.CreateAsync("quiet", "python3.11", "app.handler", "app.py", "import time\ndef handler(event, context): time.sleep(1)",
            $$$""","Environment":{"Variables":{"SECRET":"{{{secret}}}"}}""");
        var invocation = _cloud.InvokeAsync("quiet");
        await EventuallyAsync(() => Processes("environ").Any(text => text.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(Processes("cmdline"), text => text.Contains(secret, StringComparison.Ordinal));
        Assert.Null((await invocation).Error);
    }

    [Fact]
    public async Task A_function_that_attacks_its_own_sandbox_harms_itself_only()
    {
        await _cloud.CreateAsync("rage", "python3.11", "app.handler", "app.py", """
            import http.client, os, socket
            def handler(event, context):
                if event == "kill":
                    try:
                        os.kill(-1, 9)
                    except ProcessLookupError:
                        pass  # nobody else is there
                    os.kill(os.getpid(), 9)
                host = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
                held = []
                for i in range(200):
                    try:
                        held.append(socket.create_connection((host[0], int(host[1])), 0.2))
                    except OSError:
                        break
                def post(path, body=b"{}"):
                    connection = http.client.HTTPConnection(*host, timeout=2)
                    try:
                        connection.request("POST", "/2018-06-01/runtime/" + path, body)
                        return connection.getresponse().status
                    except OSError:
                        return 0
                for each in held:
                    each.sendall(b"GARBAGE\0\r\n\r\n")
                    each.close()
                return [post("invocation/another/response"), post("nonsense"), post("invocation/next/../../x")]
            """, ""","Timeout":10""");
        var answer = await _cloud.InvokeAsync("rage", "\"garbage\"");
        Assert.True(answer.Error is null, answer.ToString());
        Assert.DoesNotContain(200, answer.Json.EnumerateArray().Select(item => item.GetInt32()));
        Assert.Equal("Runtime.ExitError", (await _cloud.InvokeAsync("rage", "\"kill\"")).Json.GetProperty("errorType").GetString());
        Assert.Null((await _cloud.InvokeAsync("rage", "\"garbage\"")).Error);
    }

    internal static IEnumerable<string> Processes(string file)
    {
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            string text;
            try
            {
                text = char.IsAsciiDigit(Path.GetFileName(directory)[0]) ? File.ReadAllText(Path.Combine(directory, file)) : "";
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            yield return text;
        }
    }

    internal static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}

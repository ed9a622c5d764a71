using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Haneul.Compute.Machine;
using Haneul.Compute.Sandboxes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Haneul.Compute.Tests;

/// <summary>Sandboxes without anything around them.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringBuilder _output = new();
    private SandboxHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed, so there are no sandboxes.");
        _host = new SandboxHost(_directory.Path, NullLogger<SandboxHost>.Instance);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _directory.Dispose();
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -SEGV $$", 139)]
    public async Task The_exit_status_is_told(string script, int status)
    {
        await using var sandbox = await StartAsync(script);
        Assert.Equal(status, (await sandbox.Exited.WaitAsync(Cancel)).Status);
    }

    [Fact]
    public async Task Output_arrives_whole_and_in_order()
    {
        await using (var sandbox = await StartAsync("for i in $(seq 1 20000); do echo line $i; done; echo end >&2"))
        {
            await sandbox.Exited.WaitAsync(Cancel);
        }

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20_001, lines.Length);
        Assert.Equal("line 20000", lines[^2]);
        Assert.Equal("end", lines[^1]);
    }

    [Fact]
    public async Task Draining_waits_for_what_was_written_before()
    {
        await using var sandbox = await StartAsync("echo -n half; exec sleep 1000");
        await UntilAsync(() => Text().Length > 0);
        await sandbox.DrainAsync(Cancel);
        Assert.Equal("half", Text());
    }

    [Fact]
    public async Task A_frozen_sandbox_stands_still_and_can_be_ended()
    {
        Assert.SkipUnless(_host.Isolation.Controllers.Contains("freezer"), "This machine cannot freeze processes.");
        await using var sandbox = await StartAsync("while true; do echo x; sleep 0.01; done");
        await UntilAsync(() => Text().Length > 0);
        sandbox.Freeze(frozen: true);
        await sandbox.DrainAsync(Cancel);
        var frozen = Text().Length;
        await Task.Delay(100, Cancel);
        await sandbox.DrainAsync(Cancel);
        Assert.Equal(frozen, Text().Length);
        sandbox.Freeze(frozen: false);
        await UntilAsync(() => Text().Length > frozen);
        sandbox.Freeze(frozen: true);
        sandbox.Kill();
        await sandbox.Exited.WaitAsync(Cancel);
    }

    [Fact]
    public async Task A_program_that_is_not_there_fails_with_its_name()
    {
        await using var sandbox = await _host.StartAsync(Spec(["/nowhere/program"]), Collect, Cancel);
        Assert.NotEqual(0, (await sandbox.Exited.WaitAsync(Cancel)).Status);
        await sandbox.DrainAsync(Cancel);
        Assert.Contains("/nowhere/program", Text());
    }

    [Fact]
    public async Task A_mount_that_is_not_there_is_told_as_it_is()
    {
        var spec = Spec(["/bin/true"]) with { Mounts = new Dictionary<string, string> { ["/var/task"] = "/does/not/exist" } };
        var exception = await Assert.ThrowsAsync<SandboxException>(async () => await (await _host.StartAsync(spec, Collect, Cancel)).DisposeAsync());
        Assert.Contains("/does/not/exist", exception.Message);
        Assert.Equal(0, _host.Living);
    }

    [Fact]
    public async Task A_variable_cannot_become_an_argument()
    {
        var spec = Spec(["/bin/true"]) with { Variables = new Dictionary<string, string> { ["A"] = "x\0--bind\0/\0/" } };
        await Assert.ThrowsAsync<SandboxException>(() => _host.StartAsync(spec, Collect, Cancel));
        Assert.Equal(0, _host.Living);
    }

    [Fact]
    public async Task Memory_is_counted_and_its_end_is_told()
    {
        Assert.SkipUnless(_host.Isolation.Controllers.Contains("memory"), "This machine does not count memory.");
        await using var sandbox = await StartAsync("head -c 300m /dev/zero | tail -c 300m > /dev/null", 128);
        await sandbox.Exited.WaitAsync(Cancel);
        Assert.True(sandbox.OutOfMemory);
        Assert.InRange(sandbox.PeakMemory!.Value, 100L << 20, 128L << 20);
    }

    [Fact]
    public void The_machine_is_described()
    {
        var capabilities = HostCapabilities.Detect();
        Assert.All(capabilities.Capabilities, capability => Assert.False(string.IsNullOrEmpty(capability.Cost)));
        Assert.Contains(capabilities.Capabilities, capability => capability is { Name: "bubblewrap", Present: true });
        Assert.Contains(capabilities.Runtimes, runtime => runtime.Runtime == "python3.11");
    }

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void The_filter_ends_in_a_verdict_and_jumps_forward_inside_itself(Architecture architecture)
    {
        var program = SeccompFilter.Build(architecture);
        var count = program.Length / 8;
        Assert.InRange(count, 1, 4096);
        for (var i = 0; i < count; i++)
        {
            Assert.True((program[i * 8] & 7) != 5 || (i + 1 + program[(i * 8) + 2] < count && i + 1 + program[(i * 8) + 3] < count));
        }

        Assert.Equal(6, program[^8] & 7);
    }

    private Task<Sandbox> StartAsync(string script, int memory = 256) => _host.StartAsync(Spec(["/bin/sh", "-c", script], memory), Collect, Cancel);

    private static SandboxSpec Spec(IReadOnlyList<string> command, int memory = 256) => new()
    {
        Command = command, Variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }, MemoryMegabytes = memory, TemporaryMegabytes = 16,
    };

    private void Collect(ReadOnlySequence<byte> bytes)
    {
        lock (_output)
        {
            _output.Append(Encoding.UTF8.GetString(bytes.ToArray()));
        }
    }

    private string Text()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}

using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Haneul.Compute.Native;

/// <summary>
/// Makes listening sockets inside another process's network namespace. A socket stays in the namespace it was made in, so the sandbox connects to its
/// own loopback and this process accepts, while the two share no network. A namespace belongs to a thread, hence one thread that does nothing else.
/// </summary>
internal sealed class NamespaceSockets : IDisposable
{
    private readonly BlockingCollection<Job> _jobs = [];

    public NamespaceSockets() => new Thread(Run) { IsBackground = true, Name = "haneul-namespaces" }.Start();

    /// <summary>Listens on 127.0.0.1 inside the namespace of a process.</summary>
    public Task<Socket[]> ListenAsync(int process, params int[] ports)
    {
        var job = new Job(process, ports, new TaskCompletionSource<Socket[]>(TaskCreationOptions.RunContinuationsAsynchronously));
        _jobs.Add(job);
        return job.Listening.Task;
    }

    public void Dispose() => _jobs.CompleteAdding();

    private void Run()
    {
        using var home = Descriptor.Open("/proc/thread-self/ns/net", Libc.ReadOnly);
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            try
            {
                job.Listening.SetResult(Listen(job, home));
            }
            catch (SandboxException exception)
            {
                job.Listening.SetException(exception);
            }
        }
    }

    private static Socket[] Listen(Job job, Descriptor home)
    {
        using var away = Descriptor.Open($"/proc/{job.Process}/ns/net", Libc.ReadOnly);
        Libc.Check(Libc.EnterNamespace(away.Number, Libc.CloneNewNet), "setns");
        try
        {
            return [.. job.Ports.Select(Listen)];
        }
        finally
        {
            if (Libc.EnterNamespace(home.Number, Libc.CloneNewNet) < 0)
            {
                // This thread would make every later socket in a stranger's network.
                Environment.FailFast("The network namespace of the cloud cannot be entered again.");
            }
        }
    }

    private static unsafe Socket Listen(int port)
    {
        const int internet = 2, stream = 1, ip = 0, freeBind = 15, backlog = 128;
        var number = Libc.Check(Libc.Socket(internet, stream | Libc.CloseOnExec, 0), "socket");
        var socket = new Socket(new SafeSocketHandle(number, ownsHandle: true));
        try
        {
            // The sandbox may not have brought its loopback up yet.
            var yes = 1;
            Libc.Check(Libc.SetSocketOption(number, ip, freeBind, &yes, sizeof(int)), "setsockopt");
            var address = stackalloc byte[16];
            new Span<byte>(address, 16).Clear();
            *(ushort*)address = internet;
            address[2] = (byte)(port >> 8);
            address[3] = (byte)port;
            address[4] = 127;
            address[7] = 1;
            Libc.Check(Libc.Bind(number, address, 16), "bind");
            Libc.Check(Libc.Listen(number, backlog), "listen");

            // Made outside of the class library, the socket does not know yet that it listens; this call only tells it so.
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record Job(int Process, int[] Ports, TaskCompletionSource<Socket[]> Listening);
}

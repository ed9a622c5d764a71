using System.Collections.Concurrent;
using System.Text;

namespace Haneul.Compute.Native;

/// <summary>
/// Starts child processes from one thread that lives as long as the cloud: the kernel's parent-death signal follows the thread that made the
/// child, and threads of the pool come and go. A child gets the descriptors it is given and no others.
/// </summary>
internal sealed class ChildLauncher : IDisposable
{
    private readonly BlockingCollection<Job> _jobs = [];

    public ChildLauncher() => new Thread(Run) { IsBackground = true, Name = "haneul-launcher" }.Start();

    /// <summary>Starts a program whose descriptors 0, 1, 2, ... are the given ones, with an empty environment.</summary>
    /// <returns>The child's process id; the caller reaps it.</returns>
    public Task<int> StartAsync(string program, IReadOnlyList<string> arguments, IReadOnlyList<Descriptor> descriptors)
    {
        var job = new Job(program, arguments, descriptors, new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
        _jobs.Add(job);
        return job.Started.Task;
    }

    public void Dispose() => _jobs.CompleteAdding();

    private void Run()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            try
            {
                job.Started.SetResult(Spawn(job));
            }
            catch (SandboxException exception)
            {
                job.Started.SetException(exception);
            }
        }
    }

    private static unsafe int Spawn(Job job)
    {
        const short setSignalDefaults = 4;
        const short setSignalMask = 8;
        var actions = stackalloc byte[Libc.OpaqueSize];
        var attributes = stackalloc byte[Libc.OpaqueSize];
        var signals = stackalloc byte[Libc.OpaqueSize];
        Libc.Must(Libc.FileActionsInit(actions));
        Libc.Must(Libc.AttributesInit(attributes));
        try
        {
            for (var i = 0; i < job.Descriptors.Count; i++)
            {
                Libc.Must(Libc.FileActionsDuplicate(actions, job.Descriptors[i].Number, i));
            }

            Libc.Must(Libc.FileActionsCloseFrom(actions, job.Descriptors.Count));

            // The runtime ignores SIGPIPE, and ignored signals stay so across exec.
            Libc.Must(Libc.AttributesFlags(attributes, setSignalDefaults | setSignalMask));
            Libc.Must(Libc.EmptySignals(signals));
            Libc.Must(Libc.AttributesSignalMask(attributes, signals));
            Libc.Must(Libc.AllSignals(signals));
            Libc.Must(Libc.AttributesSignalDefaults(attributes, signals));

            var texts = new byte[job.Arguments.Count + 1][];
            texts[0] = Encoding.UTF8.GetBytes(job.Program + '\0');
            for (var i = 0; i < job.Arguments.Count; i++)
            {
                texts[i + 1] = Encoding.UTF8.GetBytes(job.Arguments[i] + '\0');
            }

            var pins = new System.Runtime.InteropServices.GCHandle[texts.Length];
            var pointers = stackalloc byte*[texts.Length + 1];
            for (var i = 0; i < texts.Length; i++)
            {
                pins[i] = System.Runtime.InteropServices.GCHandle.Alloc(texts[i], System.Runtime.InteropServices.GCHandleType.Pinned);
                pointers[i] = (byte*)pins[i].AddrOfPinnedObject();
            }

            pointers[texts.Length] = null;
            byte* nothing = null;
            int process;
            var error = Libc.Spawn(&process, pointers[0], actions, attributes, pointers, &nothing);
            foreach (var pin in pins)
            {
                pin.Free();
            }

            return error == 0
                ? process
                : throw new SandboxException($"{job.Program}: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}");
        }
        finally
        {
            Libc.Must(Libc.AttributesDestroy(attributes));
            Libc.Must(Libc.FileActionsDestroy(actions));
        }
    }

    private sealed record Job(string Program, IReadOnlyList<string> Arguments, IReadOnlyList<Descriptor> Descriptors, TaskCompletionSource<int> Started);
}

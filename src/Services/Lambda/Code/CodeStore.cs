using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Haneul.Compute;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;
using Haneul.Storage;
using Microsoft.Extensions.Hosting;

namespace Haneul.Lambda.Code;

/// <summary>
/// The archives of all functions and what is in them, in files that are named by the archive's hash. Files are on disk before anything refers to them,
/// and go when nothing does any more.
/// </summary>
internal sealed class CodeStore(CloudEnvironment environment, IStore store) : IHostedService, IDisposable
{
    public const int MaxZipped = 52_428_800;

    private static readonly ErrorShape s_tooLarge = new("RequestEntityTooLargeException", 413);
    private readonly string _root = Path.Combine(environment.DataDirectory, "lambda", "code");

    // One writer or collector at a time, so that what one call adds another does not take for forgotten.
    private readonly SemaphoreSlim _lock = new(1);

    // Who uses code now, and what is to go when nobody does. Held for moments only: every invocation asks.
    private readonly Lock _pinLock = new();
    private readonly Dictionary<string, int> _pins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _condemned = new(StringComparer.Ordinal);

    /// <summary>Stores an archive. Until the pin is disposed it stays, whether or not anything refers to it.</summary>
    public async ValueTask<Outcome<CodePin>> AddAsync(ReadOnlyMemory<byte> archive, CancellationToken cancel)
    {
        if (archive.Length > MaxZipped)
        {
            return s_tooLarge.With($"Zipped size must be smaller than {MaxZipped} bytes");
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(archive.Span));
        await _lock.WaitAsync(cancel);
        try
        {
            if (!Directory.Exists(PathOf(name)) && await Task.Run(() => Write(name, archive), CancellationToken.None) is { } fault)
            {
                return fault switch
                {
                    CodeFault.Empty => LambdaErrors.InvalidParameterValueException.With("Uploaded file must be a non-empty zip"),
                    CodeFault.TooLarge => LambdaErrors.InvalidParameterValueException.With($"Unzipped size must be smaller than {CodeArchive.MaxUnzipped} bytes"),
                    _ => LambdaErrors.InvalidParameterValueException.With("Could not unzip uploaded file. Please check your file, then try to upload again."),
                };
            }

            lock (_pinLock)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_pins, name, out _)++;
                return new CodePin(this, name, archive.Length);
            }
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <summary>Keeps code while it runs; null if it is gone.</summary>
    public CodePin? Pin(string name)
    {
        lock (_pinLock)
        {
            if (!Directory.Exists(PathOf(name)))
            {
                return null;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_pins, name, out _)++;
            return new CodePin(this, name, size: 0);
        }
    }

    /// <summary>The directory that holds what was in the archive.</summary>
    public string Unpacked(string name) => Path.Combine(PathOf(name), "task");

    /// <summary>How many bytes the files take that were in the archive.</summary>
    public long UnpackedSize(string name) =>
        new DirectoryInfo(Unpacked(name)).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Sum(file => file.Length);

    public string Archive(string name) => Path.Combine(PathOf(name), "code.zip");

    /// <summary>Removes the files that nothing refers to, of these codes; of those that are in use, when they no longer are.</summary>
    public async ValueTask CollectAsync(params IReadOnlyCollection<string> names)
    {
        await _lock.WaitAsync(CancellationToken.None);
        try
        {
            foreach (var name in names)
            {
                if (!IsUsed(name) && Condemn(name) is { } gone)
                {
                    Directory.Delete(gone, recursive: true);
                }
            }
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <summary>At the start: removes what earlier processes left behind: half-written code, and code that nothing refers to.</summary>
    public async ValueTask CollectAllAsync()
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        await _lock.WaitAsync(CancellationToken.None);
        try
        {
            foreach (var left in Directory.GetDirectories(_root, "*.new"))
            {
                Directory.Delete(left, recursive: true);
            }
        }
        finally
        {
            _lock.Release();
        }

        await CollectAsync([.. Directory.GetDirectories(_root).Select(path => Path.GetFileName(path))]);
    }

    public void Dispose() => _lock.Dispose();

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => CollectAllAsync().AsTask();

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Moves the files out of sight, so that nobody can begin to use them; null if somebody does, or there are none.
    private string? Condemn(string name)
    {
        lock (_pinLock)
        {
            if (_pins.ContainsKey(name))
            {
                _condemned.Add(name);
                return null;
            }

            if (!Directory.Exists(PathOf(name)))
            {
                return null;
            }

            var gone = PathOf(name) + ".new";
            Directory.Move(PathOf(name), gone);
            return gone;
        }
    }

    private void Unpin(string name)
    {
        lock (_pinLock)
        {
            if (--CollectionsMarshal.GetValueRefOrAddDefault(_pins, name, out _) > 0)
            {
                return;
            }

            _pins.Remove(name);
            if (!_condemned.Remove(name))
            {
                return;
            }
        }

        _ = CollectAsync(name).AsTask();
    }

    private string PathOf(string name) => Path.Combine(_root, name);

    private bool IsUsed(string name)
    {
        foreach (var partition in store.Partitions(PartitionId.Of("lambda")))
        {
            using var uses = store.Partition(partition).Scan(KeyRange.Prefix(LambdaKeyspace.Key(LambdaKeyspace.CodeUses, name)), limit: 1);
            if (uses.MoveNext())
            {
                return true;
            }
        }

        return false;
    }

    // Written beside its place, made durable, and moved there as a whole.
    private CodeFault? Write(string name, ReadOnlyMemory<byte> archive)
    {
        var beside = PathOf(name) + ".new";
        if (Directory.Exists(beside))
        {
            Directory.Delete(beside, recursive: true);
        }

        Directory.CreateDirectory(beside);
        try
        {
            using (var file = new FileStream(Path.Combine(beside, "code.zip"), FileMode.Create, FileAccess.ReadWrite))
            {
                file.Write(archive.Span);
                file.Position = 0;
                if (CodeArchive.Unpack(file, Path.Combine(beside, "task")) is { } fault)
                {
                    return fault;
                }
            }

            FileSystem.Sync(beside);
            Directory.Move(beside, PathOf(name));
            FileSystem.Sync(_root);
            return null;
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    /// <summary>Keeps code while a call is about to refer to it.</summary>
    internal sealed class CodePin(CodeStore owner, string name, long size) : IDisposable
    {
        public string Name => name;

        public long Size => size;

        public void Dispose() => owner.Unpin(name);
    }
}

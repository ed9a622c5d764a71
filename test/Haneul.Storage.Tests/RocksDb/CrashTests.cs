using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Haneul.Storage.RocksDb;

namespace Haneul.Storage.Tests.RocksDb;

/// <summary>Kills a process that writes, again and again, and looks for every commit that it had acknowledged.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Rounds = 4;
    private const int Writers = 8;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Durability.GroupCommit)]
    [InlineData(Durability.Os)]
    public async Task No_acknowledged_commit_is_lost_when_the_process_is_killed(Durability durability)
    {
        var acknowledged = new HashSet<(int Writer, int Number)>();
        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var before = acknowledged.Count;
            await RunUntilKilledAsync(durability, first: round * 1_000_000, lines: random.Next(50, 3000), acknowledged);
            Assert.True(acknowledged.Count > before);
            await CheckAsync(acknowledged);
        }
    }

    private async Task RunUntilKilledAsync(Durability durability, int first, int lines, HashSet<(int, int)> acknowledged)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Haneul.Storage.CrashChild"))
        {
            ArgumentList = { _directory.Path, $"{durability}", first.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
        };
        using var child = Process.Start(start)!;

        // A line that the kill cut off was never read as a whole: it counts as not acknowledged.
        var text = new StringReader(await ReadUntilKilledAsync(child, lines));
        while (text.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            acknowledged.Add((int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture)));
        }
    }

    private static async Task<string> ReadUntilKilledAsync(Process child, int lines)
    {
        var output = child.StandardOutput.BaseStream;
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var seen = 0;
        var killed = false;
        while (await output.ReadAsync(buffer, TestContext.Current.CancellationToken) is var count and > 0)
        {
            all.Write(buffer, 0, count);
            seen += buffer.AsSpan(0, count).Count((byte)'\n');
            if (seen >= lines && !killed)
            {
                child.Kill();
                killed = true;
            }
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(killed, "The child ended by itself.");
        var text = System.Text.Encoding.ASCII.GetString(all.ToArray());
        return text[..(text.LastIndexOf('\n') + 1)];
    }

    private async Task CheckAsync(HashSet<(int Writer, int Number)> acknowledged)
    {
        await using var store = await RocksDbStore.OpenAsync(
            _directory.Path, new RocksDbStoreOptions { VerifyAll = true }, TestContext.Current.CancellationToken);
        var shared = store.Partition(PartitionId.Of("crash", "shared"));
        foreach (var (writer, number) in acknowledged)
        {
            var own = store.Partition(PartitionId.Of("crash", $"{writer}"));
            Assert.True(own.Contains([0, .. Key(number)]), $"Commit {number} of writer {writer} is lost.");
        }

        // Acknowledged or not, a commit is there as a whole or not at all.
        for (var writer = 0; writer < Writers; writer++)
        {
            var own = store.Partition(PartitionId.Of("crash", $"{writer}"));
            foreach (var item in own.Scan(KeyRange.Prefix([0])))
            {
                var key = item.Key[1..];
                Assert.Equal(item.Value.Length, BitConverter.ToInt32(own.GetBytes([1, .. key])));
                if (BinaryPrimitives.ReadInt32BigEndian(key) % 10 == 0)
                {
                    Assert.True(shared.Contains([(byte)writer, .. key]));
                }
            }
        }
    }

    private static byte[] Key(int number)
    {
        var key = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(key, number);
        return key;
    }
}

using CsCheck;

namespace Haneul.Storage.Tests;

/// <summary>Runs random histories against an engine and against a sorted dictionary: what is read must be the same.</summary>
public abstract class ModelTests : IAsyncLifetime
{
    // Short keys of few bytes: collisions, prefixes and neighbours of a range's bounds come up all the time.
    private static readonly Gen<byte[]> s_key = Gen.Int[0, 3].Select(index => (byte)(index switch { 0 => 0, 1 => 1, 2 => 0x61, _ => 0xFF })).Array[0, 3];

    private static readonly Gen<Step> s_step = Gen.Frequency(
        (6, Gen.Select(s_key, Gen.Byte.Array[0, 4], (key, value) => new Step(StepKind.Put, key, value, []))),
        (2, s_key.Select(key => new Step(StepKind.Delete, key, [], []))),
        (1, s_key.Select(key => new Step(StepKind.DeletePrefix, key, [], []))),
        (1, Gen.Select(s_key, s_key, (from, to) => new Step(StepKind.DeleteRange, from, [], to))),
        (2, Gen.Select(s_key, Gen.Byte.Array[0, 1], (key, value) => new Step(StepKind.RequireValue, key, value, []))),
        (1, s_key.Select(key => new Step(StepKind.RequireAbsent, key, [], []))));

    private IStore _store = null!;
    private int _histories;

    private enum StepKind
    {
        Put,
        Delete,
        DeletePrefix,
        DeleteRange,
        RequireValue,
        RequireAbsent,
    }

    protected abstract ValueTask<IStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Random_histories_read_as_a_sorted_dictionary() => await Gen.Select(s_step.Array[1, 4].Array[1, 12], s_key, s_key).SampleAsync(
        async (commits, from, before) =>
        {
            // A partition for each history; its neighbours hold keys that must never show.
            var number = Interlocked.Increment(ref _histories);
            var partition = _store.Partition(PartitionId.Of("model", $"{number}"));
            var neighbour = new Batch();
            neighbour.Put([], [1]);
            neighbour.Put([0xFF, 0xFF, 0xFF, 0xFF], [1]);
            await _store.Partition(PartitionId.Of("model", $"{number}", "")).CommitAsync(neighbour);
            await _store.Partition(PartitionId.Of("model", $"{number}\0")).CommitAsync(neighbour);

            var model = new SortedDictionary<byte[], byte[]>(ByteOrder.Instance);
            foreach (var steps in commits)
            {
                var old = Content(model);
                using var snapshot = partition.Snapshot();
                var batch = new Batch();
                Array.ForEach(steps, step => Add(batch, step));
                Assert.Equal(Apply(model, steps), (await partition.CommitAsync(batch)).FailedCondition);
                Assert.Equal(old, Content(snapshot, KeyRange.All));
            }

            var expected = Content(model);
            Assert.Equal(expected, Content(partition, KeyRange.All));
            Assert.Equal(expected.AsEnumerable().Reverse(), Content(partition, KeyRange.All, ScanOrder.Descending));
            foreach (var (key, value) in model)
            {
                Assert.Equal(value, partition.GetBytes(key));
            }

            Assert.Equal(
                Content(model, key => key.AsSpan().StartsWith(from) && Compare(key, before) > 0),
                Content(partition, KeyRange.Prefix(from).After(before)));
            Assert.Equal(
                Content(model, key => Compare(key, from) >= 0 && Compare(key, before) < 0),
                Content(partition, KeyRange.All.From(from).Before(before)));
            Assert.Equal(
                Content(model, key => key.AsSpan().StartsWith(from) && Compare(key, before) < 0).AsEnumerable().Reverse().Take(2),
                Content(partition, KeyRange.Prefix(from).Before(before), ScanOrder.Descending, 2));
        },
        iter: 200,
        threads: 2);

    private static int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    private static void Add(Batch batch, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Put:
                batch.Put(step.Key, step.Value);
                break;
            case StepKind.Delete:
                batch.Delete(step.Key);
                break;
            case StepKind.DeletePrefix:
                batch.DeleteRange(KeyRange.Prefix(step.Key));
                break;
            case StepKind.DeleteRange:
                batch.DeleteRange(KeyRange.All.From(step.Key).Before(step.To));
                break;
            case StepKind.RequireValue:
                batch.RequireValue(step.Key, step.Value);
                break;
            case StepKind.RequireAbsent:
                batch.RequireAbsent(step.Key);
                break;
            default:
                throw new InvalidOperationException();
        }
    }

    private static int Apply(SortedDictionary<byte[], byte[]> model, Step[] steps)
    {
        var conditions = steps.Where(step => step.Kind is StepKind.RequireValue or StepKind.RequireAbsent).ToArray();
        var failed = Array.FindIndex(conditions, step => step.Kind == StepKind.RequireAbsent
            ? model.ContainsKey(step.Key)
            : !model.TryGetValue(step.Key, out var value) || !value.AsSpan().SequenceEqual(step.Value));
        if (failed >= 0)
        {
            return failed;
        }

        foreach (var step in steps)
        {
            if (step.Kind == StepKind.Put)
            {
                model[step.Key] = step.Value;
            }
            else if (step.Kind is StepKind.Delete or StepKind.DeletePrefix or StepKind.DeleteRange)
            {
                foreach (var key in model.Keys.Where(key => Removes(step, key)).ToArray())
                {
                    model.Remove(key);
                }
            }
        }

        return -1;
    }

    private static bool Removes(Step step, byte[] key) => step.Kind switch
    {
        StepKind.Delete => Compare(key, step.Key) == 0,
        StepKind.DeletePrefix => key.AsSpan().StartsWith(step.Key),
        _ => Compare(key, step.Key) >= 0 && Compare(key, step.To) < 0,
    };

    private static List<string> Content(SortedDictionary<byte[], byte[]> model, Predicate<byte[]>? wanted = null) =>
        [.. model.Where(pair => wanted?.Invoke(pair.Key) ?? true).Select(pair => Line(pair.Key, pair.Value))];

    private static List<string> Content(IPartitionReader reader, KeyRange range, ScanOrder order = ScanOrder.Ascending, int limit = int.MaxValue)
    {
        var lines = new List<string>();
        foreach (var entry in reader.Scan(range, order, limit))
        {
            lines.Add(Line(entry.Key, entry.Value));
        }

        return lines;
    }

    private static string Line(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => $"{Convert.ToHexString(key)}={Convert.ToHexString(value)}";

    private sealed record Step(StepKind Kind, byte[] Key, byte[] Value, byte[] To)
    {
        public override string ToString() => $"{Kind} {Line(Key, Value)} {Convert.ToHexString(To)}";
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

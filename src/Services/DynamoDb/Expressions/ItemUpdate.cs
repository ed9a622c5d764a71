using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>
/// An update at work: top-level attributes that change are opened as far as needed, all others are copied as they are.
/// </summary>
internal sealed class ItemUpdate
{
    private const string InvalidPath = "The document path provided in the update expression is invalid for update";

    private readonly List<(byte[] Name, MutableValue? Value)> _changes = [];

    /// <summary>Makes the new item out of the old one.</summary>
    /// <param name="old">The item as it is, or an empty one with only its key.</param>
    /// <param name="actions">The changes; their right sides all see the item as it is.</param>
    /// <param name="writer">Gets the new item.</param>
    public static void Apply(ReadOnlySpan<byte> old, IReadOnlyList<UpdateAction> actions, ValueWriter writer)
    {
        var update = new ItemUpdate();
        var sources = new byte[]?[actions.Count];
        for (var i = 0; i < sources.Length; i++)
        {
            sources[i] = actions[i].Source is { } source ? source.Of(old).ToArray() : null;
        }

        for (var i = 0; i < sources.Length; i++)
        {
            update.Apply(old, actions[i], sources[i]);
        }

        update.Write(old, writer);
    }

    private void Apply(ReadOnlySpan<byte> old, UpdateAction action, byte[]? source)
    {
        var steps = action.Path.Steps;
        if (steps.Length == 1)
        {
            var now = Encoded.Find(old, steps[0].Utf8);
            Change(steps[0].Utf8!, Result(action, now, source));
            return;
        }

        var parent = Open(old, steps[0].Utf8!);
        for (var i = 1; i < steps.Length - 1; i++)
        {
            parent = parent?.Child(steps[i]);
        }

        var last = steps[^1];
        if (parent is null || !parent.Takes(last))
        {
            DynamoErrors.Throw(InvalidPath);
        }

        parent.Change(last, Result(action, action.Path.Find(old), source));
    }

    /// <returns>The value that will be there; null to remove what is.</returns>
    private static MutableValue? Result(UpdateAction action, ReadOnlySpan<byte> now, byte[]? source)
    {
        switch (action.Kind)
        {
            case UpdateKind.Set:
                return new MutableValue(source!);
            case UpdateKind.Remove:
                return null;
            case UpdateKind.Add:
                return new MutableValue(now.IsEmpty ? source! : Add(action, now, source!));
            default:
                return now.IsEmpty ? null : Subtract(action, now, source!);
        }
    }

    private static byte[] Add(UpdateAction action, ReadOnlySpan<byte> now, byte[] source)
    {
        var kind = Encoded.Kind(now);
        if (kind != Encoded.Kind(source) || (kind != ValueKind.Number && !kind.IsSet() && kind != ValueKind.List))
        {
            DynamoErrors.Throw(action.WrongType);
        }

        return kind switch
        {
            ValueKind.Number => Arithmetic.Compute(now, source, minus: false),
            ValueKind.List => new ListAppend(new UpdateValue(now.ToArray()), new UpdateValue(source)).Of(default).ToArray(),
            _ => Merge(kind, Encoded.Payload(now), Encoded.Payload(source), add: true)!,
        };
    }

    private static MutableValue? Subtract(UpdateAction action, ReadOnlySpan<byte> now, byte[] source)
    {
        var kind = Encoded.Kind(now);
        DynamoErrors.ThrowIf(!kind.IsSet() || kind != Encoded.Kind(source), action.WrongType);
        return Merge(kind, Encoded.Payload(now), Encoded.Payload(source), add: false) is { } rest ? new MutableValue(rest) : null;
    }

    // Union, or what is left; a set that would be empty is no set.
    private static byte[]? Merge(ValueKind kind, ReadOnlySpan<byte> now, ReadOnlySpan<byte> other, bool add)
    {
        using var writer = new ValueWriter(now.Length + other.Length + 16);
        writer.Kind(kind);
        var start = writer.Open();
        var set = writer.Begin();
        var count = 0;
        var rest = now;
        for (var left = Encoded.ReadLength(ref rest); left > 0; left--)
        {
            var element = Encoded.ReadBytes(ref rest);
            if (!Encoded.SetContains(other, element))
            {
                writer.Entry();
                writer.Bytes(element);
                count++;
            }
        }

        rest = other;
        for (var left = add ? Encoded.ReadLength(ref rest) : 0; left > 0; left--)
        {
            writer.Entry();
            writer.Bytes(Encoded.ReadBytes(ref rest));
            count++;
        }

        writer.EndSet(set, kind);
        writer.Close(start);
        return count == 0 ? null : writer.Written.ToArray();
    }

    private MutableValue? Open(ReadOnlySpan<byte> old, byte[] name)
    {
        foreach (var (changed, value) in _changes)
        {
            if (changed.AsSpan().SequenceEqual(name))
            {
                return value;
            }
        }

        var found = Encoded.Find(old, name);
        if (found.IsEmpty)
        {
            return null;
        }

        var opened = new MutableValue(found.ToArray());
        Change(name, opened);
        return opened;
    }

    private void Change(byte[] name, MutableValue? value) => _changes.Add((name, value));

    private void Write(ReadOnlySpan<byte> old, ValueWriter writer)
    {
        _changes.Sort(static (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
        var map = writer.Begin();
        var next = 0;
        for (var left = Encoded.ReadLength(ref old); left > 0; left--)
        {
            var name = Encoded.ReadBytes(ref old);
            var value = Encoded.ReadValue(ref old);
            while (next < _changes.Count && _changes[next].Name.AsSpan().SequenceCompareTo(name) < 0)
            {
                WriteChange(_changes[next++], writer);
            }

            if (next < _changes.Count && _changes[next].Name.AsSpan().SequenceEqual(name))
            {
                WriteChange(_changes[next++], writer);
                continue;
            }

            writer.Entry();
            writer.Bytes(name);
            writer.Raw(value);
        }

        while (next < _changes.Count)
        {
            WriteChange(_changes[next++], writer);
        }

        writer.EndMap(map);
    }

    private static void WriteChange((byte[] Name, MutableValue? Value) change, ValueWriter writer)
    {
        if (change.Value is { } value)
        {
            writer.Entry();
            writer.Bytes(change.Name);
            value.Write(writer);
        }
    }
}

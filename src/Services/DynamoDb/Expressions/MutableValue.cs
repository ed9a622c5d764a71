using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>A value inside of which an update changes something: opened level by level.</summary>
internal sealed class MutableValue(byte[] encoded)
{
    private SortedDictionary<string, MutableValue?>? _map;

    // Positions are those of the list as it was; what is set behind its end is appended in the order of the positions asked for.
    private List<MutableValue?>? _list;
    private SortedDictionary<int, MutableValue>? _appended;

    /// <summary>Whether something can be put at this step: a name in a map, a position in a list.</summary>
    public bool Takes(PathStep step) => Encoded.Kind(encoded) == (step.IsIndex ? ValueKind.List : ValueKind.Map);

    public MutableValue? Child(PathStep step)
    {
        if (!Takes(step))
        {
            return null;
        }

        Expand();
        return step.IsIndex
            ? step.Index < _list!.Count ? _list[step.Index] : null
            : _map!.GetValueOrDefault(step.Name!);
    }

    public void Change(PathStep step, MutableValue? value)
    {
        Expand();
        if (!step.IsIndex)
        {
            _map![step.Name!] = value;
        }
        else if (step.Index < _list!.Count)
        {
            _list[step.Index] = value;
        }
        else if (value is not null)
        {
            (_appended ??= [])[step.Index] = value;
        }
    }

    public void Write(ValueWriter writer)
    {
        if (_map is null && _list is null)
        {
            writer.Raw(encoded);
            return;
        }

        writer.Kind(_map is null ? ValueKind.List : ValueKind.Map);
        var start = writer.Open();
        var container = writer.Begin();
        if (_map is not null)
        {
            foreach (var (name, value) in _map)
            {
                if (value is not null)
                {
                    writer.Entry();
                    writer.Bytes(System.Text.Encoding.UTF8.GetBytes(name));
                    value.Write(writer);
                }
            }

            writer.EndMap(container);
        }
        else
        {
            var count = 0;
            foreach (var value in _list!.Concat(_appended?.Values ?? Enumerable.Empty<MutableValue?>()))
            {
                if (value is not null)
                {
                    value.Write(writer);
                    count++;
                }
            }

            writer.EndList(container, count);
        }

        writer.Close(start);
    }

    private void Expand()
    {
        if (_map is not null || _list is not null)
        {
            return;
        }

        var rest = Encoded.Payload(encoded);
        var left = Encoded.ReadLength(ref rest);
        if (Encoded.Kind(encoded) == ValueKind.Map)
        {
            _map = new(StringComparer.Ordinal);
            for (; left > 0; left--)
            {
                var name = System.Text.Encoding.UTF8.GetString(Encoded.ReadBytes(ref rest));
                _map[name] = new MutableValue(Encoded.ReadValue(ref rest).ToArray());
            }
        }
        else
        {
            _list = new(left);
            for (; left > 0; left--)
            {
                _list.Add(new MutableValue(Encoded.ReadValue(ref rest).ToArray()));
            }
        }
    }
}

using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Velocity.Paths;

/// <summary>One step of a path, from one value to any number of values.</summary>
internal abstract class PathStep
{
    /// <summary>Leads to one value at most.</summary>
    public virtual bool IsDefinite => false;

    public abstract void Follow(object? root, object? value, List<object?> found);

    protected static IEnumerable<object?> Children(object? value) => value switch
    {
        VelocityMap map => map.Entries.Values,
        VelocityList list => list.Items,
        _ => [],
    };
}

/// <summary><c>.name</c>, <c>['name']</c> or <c>['a','b']</c>, which makes an object of those that are there.</summary>
internal sealed class NameStep(IReadOnlyList<string> names) : PathStep
{
    public override bool IsDefinite => true;

    public override void Follow(object? root, object? value, List<object?> found)
    {
        if (value is not VelocityMap map)
        {
            return;
        }

        if (names is [var name])
        {
            if (map.Contains(name))
            {
                found.Add(map.Find(name));
            }

            return;
        }

        found.Add(new VelocityMap(names.Where(map.Contains).Select(each => new KeyValuePair<string, object?>(each, map.Find(each)))));
    }
}

/// <summary><c>[0]</c>, <c>[-1]</c> or <c>[0,2]</c>.</summary>
internal sealed class IndexStep(IReadOnlyList<long> indexes) : PathStep
{
    public override bool IsDefinite => indexes.Count == 1;

    public override void Follow(object? root, object? value, List<object?> found)
    {
        if (value is not VelocityList list)
        {
            return;
        }

        foreach (var index in indexes)
        {
            var at = index < 0 ? index + list.Items.Count : index;
            if (at >= 0 && at < list.Items.Count)
            {
                found.Add(list.Items[(int)at]);
            }
        }
    }
}

/// <summary><c>[1:3]</c>; either end may be left out or count from the end.</summary>
internal sealed class SliceStep(long? from, long? to) : PathStep
{
    public override void Follow(object? root, object? value, List<object?> found)
    {
        if (value is VelocityList list)
        {
            var count = list.Items.Count;
            var start = (int)Math.Clamp(from < 0 ? from.Value + count : from ?? 0, 0, count);
            var end = (int)Math.Clamp(to < 0 ? to.Value + count : to ?? count, 0, count);
            found.AddRange(list.Items.Skip(start).Take(end - start));
        }
    }
}

/// <summary><c>*</c>.</summary>
internal sealed class WildcardStep : PathStep
{
    public override void Follow(object? root, object? value, List<object?> found) => found.AddRange(Children(value));
}

/// <summary><c>..</c>: the value itself and everything below it.</summary>
internal sealed class DeepStep : PathStep
{
    public override void Follow(object? root, object? value, List<object?> found)
    {
        if (value is VelocityMap or VelocityList)
        {
            found.Add(value);
            foreach (var child in Children(value))
            {
                Follow(root, child, found);
            }
        }
    }
}

/// <summary><c>[?(...)]</c>: the items of a list for which it holds, or the object itself.</summary>
internal sealed class FilterStep(PathFilter filter) : PathStep
{
    public override void Follow(object? root, object? value, List<object?> found)
    {
        if (value is VelocityList list)
        {
            found.AddRange(list.Items.Where(item => filter.Holds(root, item)));
        }
        else if (value is VelocityMap && filter.Holds(root, value))
        {
            found.Add(value);
        }
    }
}

/// <summary><c>length()</c> and its kin, at the end of a path.</summary>
internal sealed class FunctionStep(string name) : PathStep
{
    public static bool Exists(string name) => name is "length" or "size" or "min" or "max" or "avg" or "sum" or "stddev" or "keys" or "first" or "last";

    public override bool IsDefinite => true;

    public override void Follow(object? root, object? value, List<object?> found) => found.Add(Apply(value));

    public object? Apply(object? value)
    {
        var items = value as VelocityList;
        switch (name)
        {
            case "length" or "size":
                return value switch
                {
                    VelocityList list => (long)list.Items.Count,
                    VelocityMap map => (long)map.Entries.Count,
                    string text => (long)text.Length,
                    _ => VelocityNothing.Instance,
                };
            case "keys":
                return value is VelocityMap keyed ? new VelocityList([.. keyed.Entries.Keys], isJson: true) : VelocityNothing.Instance;
            case "first":
                return items is { Items: [var first, ..] } ? first : VelocityNothing.Instance;
            case "last":
                return items is { Items: [.., var last] } ? last : VelocityNothing.Instance;
        }

        var numbers = items?.Items.Select(JavaNumbers.Double).OfType<double>().ToArray() ?? [];
        if (numbers.Length == 0)
        {
            return VelocityNothing.Instance;
        }

        var mean = numbers.Average();
        return name switch
        {
            "min" => numbers.Min(),
            "max" => numbers.Max(),
            "sum" => numbers.Sum(),
            "avg" => mean,
            _ => Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean))),
        };
    }
}

namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>The methods of lists. <see href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/List.html"/></summary>
internal static class ListMethods
{
    public static object? Invoke(VelocityList list, string method, object?[] arguments)
    {
        var items = list.Items;
        switch (method, arguments)
        {
            case ("size" or "length", []):
                return (long)items.Count;
            case ("isEmpty", []):
                return items.Count == 0;
            case ("get", [long at]):
                return list.At(at);
            case ("set", [long at, var value]):
                return list.Set(at, value);
            case ("add", [var value]):
                list.Insert(items.Count, value);
                return true;
            case ("add", [long at, var value]):
                list.Insert(at, value);
                return null;
            case ("addAll", [VelocityList more]):
                list.Insert(items.Count, [.. more.Items]);
                return more.Items.Count > 0;
            case ("remove", [long at]):
                var removed = list.At(at);
                items.RemoveAt((int)at);
                return removed;
            case ("remove", [var value]):
                var found = IndexOf(list, value);
                if (found >= 0)
                {
                    items.RemoveAt(found);
                }

                return found >= 0;
            case ("removeAll", [VelocityList others]):
                return items.RemoveAll(item => IndexOf(others, item) >= 0) > 0;
            case ("retainAll", [VelocityList others]):
                return items.RemoveAll(item => IndexOf(others, item) < 0) > 0;
            case ("clear", []):
                items.Clear();
                return null;
            case ("contains", [var value]):
                return IndexOf(list, value) >= 0;
            case ("containsAll", [VelocityList others]):
                return others.Items.TrueForAll(item => IndexOf(list, item) >= 0);
            case ("indexOf", [var value]):
                return (long)IndexOf(list, value);
            case ("lastIndexOf", [var value]):
                return (long)items.FindLastIndex(item => IsSame(item, value));
            case ("subList", [long from, long to]):
                return from >= 0 && from <= to && to <= items.Count
                    ? new VelocityList(items.GetRange((int)from, (int)(to - from)), list.IsJson)
                    : throw new VelocityException($"fromIndex({from}) or toIndex({to}) is outside of a list of {items.Count}.");
            case ("toArray" or "iterator" or "listIterator", []):
                return list;
            case ("toJSONString", []):
                return JsonText.Of(list);
            default:
                return null;
        }
    }

    private static int IndexOf(VelocityList list, object? value) => list.Items.FindIndex(item => IsSame(item, value));

    private static bool IsSame(object? a, object? b) => a is null ? b is null : b is not null && JavaValues.Invoke(a, "equals", [b]) is true;
}

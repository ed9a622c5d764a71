namespace Haneul.ApiGateway.Velocity.Values;

/// <summary>The methods of maps. <see href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Map.html"/></summary>
internal static class MapMethods
{
    public static object? Invoke(VelocityMap map, string method, object?[] arguments)
    {
        switch (method, arguments)
        {
            case ("get", [var key]):
                return map.Find(JavaText.Of(key));
            case ("getOrDefault", [var key, var otherwise]):
                return map.Contains(JavaText.Of(key)) ? map.Find(JavaText.Of(key)) : otherwise;
            case ("put", [var key, var value]):
                var name = JavaText.Of(key);
                var before = map.Contains(name) ? map.Find(name) : null;
                map[name] = value;
                return before;
            case ("putIfAbsent", [var key, var value]):
                if (map.Contains(JavaText.Of(key)))
                {
                    return map.Find(JavaText.Of(key));
                }

                map[JavaText.Of(key)] = value;
                return null;
            case ("putAll", [VelocityMap more]):
                foreach (var (added, value) in more.Entries.ToArray())
                {
                    map[added] = value;
                }

                return null;
            case ("remove", [var key]):
                return map.Remove(JavaText.Of(key));
            case ("clear", []):
                map.Clear();
                return null;
            case ("size", []):
                return (long)map.Entries.Count;
            case ("isEmpty", []):
                return map.Entries.Count == 0;
            case ("containsKey", [var key]):
                return map.Contains(JavaText.Of(key));
            case ("containsValue", [var value]):
                return map.Entries.Values.Any(item => item is null ? value is null : value is not null && JavaValues.Invoke(item, "equals", [value]) is true);
            case ("keySet", []):
                return new VelocityList([.. map.Entries.Keys]);
            case ("values", []):
                return new VelocityList([.. map.Entries.Values]);
            case ("entrySet", []):
                return new VelocityList([.. map.Entries.Keys.Select(key => new VelocityEntry(map, key))]);
            case ("toJSONString", []):
                return JsonText.Of(map);
            default:
                return null;
        }
    }
}

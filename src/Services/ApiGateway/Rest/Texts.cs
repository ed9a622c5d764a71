using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest;

/// <summary>Small things that several operations do to maps and texts.</summary>
internal static class Texts
{
    /// <summary>A map with one entry more or changed.</summary>
    public static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T>? map, string key, T value)
    {
        var changed = Copy(map);
        changed[key] = value;
        return changed;
    }

    /// <summary>A map with one entry less; null if that was the last.</summary>
    public static Dictionary<string, T>? Without<T>(IReadOnlyDictionary<string, T>? map, string key)
    {
        var changed = Copy(map);
        changed.Remove(key);
        return changed.Count == 0 ? null : changed;
    }

    public static Dictionary<string, T> Copy<T>(IReadOnlyDictionary<string, T>? map) =>
        map is null ? new Dictionary<string, T>(StringComparer.Ordinal) : new Dictionary<string, T>(map, StringComparer.Ordinal);

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>AWS reads anything but <c>true</c> as false.</summary>
    public static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    public static string NewId(IIdSource ids, int length = 6) => ids.NewString(length, RandomIdSource.LowerAlphanumeric);
}

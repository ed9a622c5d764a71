using System.Text;
using Haneul.DynamoDb.Values;

namespace Haneul.DynamoDb.Expressions;

/// <summary>The names and values that a request defines for its expressions, and which of them were used.</summary>
internal sealed class ExpressionScope
{
    private readonly IReadOnlyDictionary<string, string>? _names;
    private readonly AttributeMap? _values;
    private HashSet<string>? _usedNames;
    private HashSet<string>? _usedValues;

    public ExpressionScope(IReadOnlyDictionary<string, string>? names, AttributeMap? values)
    {
        _names = names;
        _values = values;
        CheckNames();
        CheckValues();
    }

    public string? Name(string placeholder)
    {
        (_usedNames ??= new(StringComparer.Ordinal)).Add(placeholder);
        return _names?.GetValueOrDefault(placeholder);
    }

    public byte[]? Value(string placeholder)
    {
        (_usedValues ??= new(StringComparer.Ordinal)).Add(placeholder);
        Span<byte> name = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Math.Min(placeholder.Length, 255))];
        if (placeholder.Length > 255 || _values is null)
        {
            return null;
        }

        var found = _values.Find(name[..Encoding.UTF8.GetBytes(placeholder, name)]);
        return found.IsEmpty ? null : found.ToArray();
    }

    /// <summary>To be called when all expressions of the request are parsed.</summary>
    public void RefuseUnused()
    {
        var unused = _names?.Keys.Where(name => _usedNames?.Contains(name) != true).ToList();
        if (unused is { Count: > 0 })
        {
            DynamoErrors.Throw($"Value provided in ExpressionAttributeNames unused in expressions: keys: {{{string.Join(", ", unused)}}}");
        }

        if (_values is null || _values.Count == (_usedValues?.Count ?? 0))
        {
            return;
        }

        unused = [.. _values.Names().Where(name => _usedValues?.Contains(name) != true)];
        if (unused.Count > 0)
        {
            DynamoErrors.Throw($"Value provided in ExpressionAttributeValues unused in expressions: keys: {{{string.Join(", ", unused)}}}");
        }
    }

    private void CheckNames()
    {
        if (_names is null)
        {
            return;
        }

        DynamoErrors.ThrowIf(_names.Count == 0, "ExpressionAttributeNames must not be empty");
        foreach (var (key, value) in _names)
        {
            DynamoErrors.ThrowIf(!IsPlaceholder(key, '#'), $"ExpressionAttributeNames contains invalid key: Syntax error; key: \"{key}\"");
            DynamoErrors.ThrowIf(value.Length == 0, $"ExpressionAttributeNames contains invalid value: Empty attribute name; key: {key}");
        }
    }

    private void CheckValues()
    {
        if (_values is null)
        {
            return;
        }

        DynamoErrors.ThrowIf(_values.Count == 0, "ExpressionAttributeValues must not be empty");
        var rest = _values.Span;
        for (var left = Encoded.ReadLength(ref rest); left > 0; left--)
        {
            var key = Encoded.ReadBytes(ref rest);
            Encoded.ReadValue(ref rest);
            if (!IsPlaceholder(key))
            {
                DynamoErrors.Throw($"ExpressionAttributeValues contains invalid key: Syntax error; key: \"{Encoding.UTF8.GetString(key)}\"");
            }
        }

        if (_values.Invalid is { } invalid)
        {
            DynamoErrors.Throw($"ExpressionAttributeValues contains invalid value: {invalid} for key {_values.InvalidName}");
        }
    }

    private static bool IsPlaceholder(string key, char sign)
    {
        if (key.Length < 2 || key[0] != sign)
        {
            return false;
        }

        foreach (var c in key.AsSpan(1))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlaceholder(ReadOnlySpan<byte> key)
    {
        if (key.Length < 2 || key[0] != (byte)':')
        {
            return false;
        }

        foreach (var c in key[1..])
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && c != (byte)'_')
            {
                return false;
            }
        }

        return true;
    }
}

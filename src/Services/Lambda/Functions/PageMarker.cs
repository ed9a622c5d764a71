using Haneul.Lambda.Contracts;
using Haneul.Storage.Keys;

namespace Haneul.Lambda.Functions;

/// <summary>Where a list goes on: the last key that was shown, in a form that clients hand back.</summary>
internal static class PageMarker
{
    public static string Write(ReadOnlySpan<byte> key) => Convert.ToBase64String(key);

    public static bool TryRead(string marker, out byte[] key)
    {
        key = new byte[marker.Length];
        if (!Convert.TryFromBase64String(marker, key, out var length) || length == 0)
        {
            return false;
        }

        key = key[..length];
        return true;
    }

    /// <summary>The function's name in a key that begins with its kind and the name.</summary>
    public static string FunctionOf(ReadOnlySpan<byte> key)
    {
        var reader = new KeyReader(key);
        reader.ReadByte();
        return reader.ReadText();
    }

    /// <summary>Lists leave out how far a version's creation is.</summary>
    public static FunctionConfiguration InList(this FunctionConfiguration item) => new()
    {
        FunctionName = item.FunctionName,
        FunctionArn = item.FunctionArn,
        Runtime = item.Runtime,
        Role = item.Role,
        Handler = item.Handler,
        CodeSize = item.CodeSize,
        Description = item.Description,
        Timeout = item.Timeout,
        MemorySize = item.MemorySize,
        LastModified = item.LastModified,
        CodeSha256 = item.CodeSha256,
        Version = item.Version,
        Environment = item.Environment,
        TracingConfig = item.TracingConfig,
        RevisionId = item.RevisionId,
        Layers = item.Layers,
        PackageType = item.PackageType,
        Architectures = item.Architectures,
        EphemeralStorage = item.EphemeralStorage,
        SnapStart = item.SnapStart,
        LoggingConfig = item.LoggingConfig,
    };
}

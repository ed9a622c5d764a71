using System.Globalization;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.Lambda;

/// <summary>
/// All keys of the service; one partition for each account and region. Values are a version byte and JSON, unless said otherwise.
/// <code>
/// 01 function                  -> function: what all of its versions share
/// 02 function version          -> a version's code and configuration; version 0 is $LATEST
/// 03 function alias            -> alias
/// 04 function qualifier        -> resource policy; the qualifier of the function itself is empty
/// 05 code function version     -> version byte: this version uses this code, so its files stay
/// 06 time number               -> an event that waits for its function
/// 07 function qualifier        -> how a function's events are retried and where they go
/// 08 function qualifier        -> function URL
/// 09 layer                     -> layer: what all of its versions share
/// 0A layer version             -> a layer's version
/// 0B id                        -> event source mapping
/// 0C id shard                  -> how far a mapping has worked on a shard of its stream
/// </code>
/// Texts are in order-preserving form, numbers big-endian.
/// </summary>
internal static class LambdaKeyspace
{
    public const byte Functions = 1;
    public const byte Versions = 2;
    public const byte Aliases = 3;
    public const byte Policies = 4;
    public const byte CodeUses = 5;
    public const byte Events = 6;
    public const byte EventConfigs = 7;
    public const byte Urls = 8;
    public const byte Layers = 9;
    public const byte LayerVersions = 10;
    public const byte Mappings = 11;
    public const byte Checkpoints = 12;

    public static PartitionId Partition(string account, string region) => PartitionId.Of("lambda", account, region);

    public static byte[] Kind(byte kind) => [kind];

    public static byte[] Function(string name) => Key(Functions, name);

    public static byte[] Version(string function, string version)
    {
        var key = new KeyWriter(stackalloc byte[256]);
        try
        {
            key.WriteByte(Versions);
            key.WriteText(function);
            key.WriteUInt64(version == FunctionReference.Latest ? 0 : ulong.Parse(version, CultureInfo.InvariantCulture));
            return key.Written.ToArray();
        }
        finally
        {
            key.Dispose();
        }
    }

    public static byte[] VersionsOf(string function) => Key(Versions, function);

    public static byte[] CodeUse(string code, string function, string version) => Key(CodeUses, code, function, version);

    public static byte[] Key(byte kind, params ReadOnlySpan<string?> parts) => KeyWriter.Of(kind, parts);
}

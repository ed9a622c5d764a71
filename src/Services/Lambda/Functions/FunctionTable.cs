using Haneul.Kernel.Errors;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.Lambda.Functions;

/// <summary>Reads and writes functions, versions and aliases.</summary>
internal sealed class FunctionTable(IStore store)
{
    public IStore Store => store;

    public IPartition Of(FunctionReference reference) => store.Partition(LambdaKeyspace.Partition(reference.Account, reference.Region));

    public static FunctionRecord? Function(IPartitionReader reader, string name) =>
        reader.GetBytes(LambdaKeyspace.Function(name)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.FunctionRecord) : null;

    public static VersionRecord? Version(IPartitionReader reader, string name, string version) =>
        reader.GetBytes(LambdaKeyspace.Version(name, version)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.VersionRecord) : null;

    public static AliasRecord? Alias(IPartitionReader reader, string name, string alias) =>
        reader.GetBytes(LambdaKeyspace.Key(LambdaKeyspace.Aliases, name, alias)) is { } bytes ? Stored.Decode(bytes, RecordJson.Default.AliasRecord) : null;

    /// <summary>Whether a qualifier is written as a version's number.</summary>
    public static bool IsNumber(string qualifier) => qualifier.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && qualifier.Length is > 0 and < 19;

    /// <summary>The version that a reference means; an alias means the version it names first.</summary>
    public static Outcome<VersionRecord> Find(IPartitionReader reader, FunctionReference reference)
    {
        var version = reference.Qualifier ?? FunctionReference.Latest;
        if (version != FunctionReference.Latest && !IsNumber(version))
        {
            if (Alias(reader, reference.Name, version) is not { } alias)
            {
                return reference.NotFound();
            }

            version = alias.Version;
        }

        return Version(reader, reference.Name, version) is { } record ? record : reference.NotFound();
    }

    /// <summary>The versions of a function in order, <c>$LATEST</c> first.</summary>
    public static List<VersionRecord> Versions(IPartitionReader reader, string name)
    {
        var versions = new List<VersionRecord>();
        foreach (var entry in reader.Scan(KeyRange.Prefix(LambdaKeyspace.VersionsOf(name))))
        {
            versions.Add(Stored.Decode(entry.Value, RecordJson.Default.VersionRecord));
        }

        return versions;
    }

    public static void Put(Batch batch, FunctionRecord function) =>
        batch.Put(LambdaKeyspace.Function(function.Name), Stored.Encode(function, RecordJson.Default.FunctionRecord));

    /// <summary>Writes a version, and that it uses its code and not the code it used before.</summary>
    public static void Put(Batch batch, string name, VersionRecord version, VersionRecord? former = null)
    {
        batch.Put(LambdaKeyspace.Version(name, version.Version), Stored.Encode(version, RecordJson.Default.VersionRecord));
        foreach (var code in former?.Codes ?? [])
        {
            batch.Delete(LambdaKeyspace.CodeUse(code, name, version.Version));
        }

        foreach (var code in version.Codes)
        {
            batch.Put(LambdaKeyspace.CodeUse(code, name, version.Version), [1]);
        }
    }

    /// <summary>Takes away that a version uses its code.</summary>
    public static void Release(Batch batch, string name, VersionRecord version)
    {
        foreach (var code in version.Codes)
        {
            batch.Delete(LambdaKeyspace.CodeUse(code, name, version.Version));
        }
    }

    public static ServiceError StaleRevision { get; } = Contracts.LambdaErrors.PreconditionFailedException.With(
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
}

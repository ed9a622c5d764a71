using System.Globalization;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Storage;

namespace Haneul.Lambda.Versions;

/// <summary>Makes a version of what <c>$LATEST</c> is.</summary>
internal static class Publication
{
    /// <summary>
    /// Publishes a version, unless the last one is just the same: then that is the answer.
    /// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html"/>
    /// </summary>
    public static FunctionConfiguration Publish(
        Batch batch, IPartitionReader current, FunctionReference reference, FunctionRecord function, VersionRecord latest, IIdSource ids)
    {
        var last = FunctionTable.Versions(current, reference.Name)[^1];
        if (last.Version != FunctionReference.Latest && last.RunsLike(latest))
        {
            return Configurations.Show(reference, last, last.Version);
        }

        var version = latest with { Version = function.NextVersion.ToString(CultureInfo.InvariantCulture), RevisionId = ids.NewUuid() };
        FunctionTable.Put(batch, reference.Name, version);
        FunctionTable.Put(batch, function with { NextVersion = function.NextVersion + 1 });
        return Configurations.Show(reference, version, version.Version);
    }
}

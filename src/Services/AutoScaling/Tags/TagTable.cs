using System.Text;
using Haneul.AutoScaling.Contracts;
using Haneul.Kernel.Errors;
using Haneul.Storage;
using Haneul.Storage.Keys;

namespace Haneul.AutoScaling.Tags;

/// <summary>The tags of scalable targets, by their ARNs.</summary>
internal static class TagTable
{
    private const byte Version = 1;
    private const int MaxTags = 50;

    public static KeyRange Range(string arn) => KeyRange.Prefix(AutoScalingKeyspace.Key(AutoScalingKeyspace.Tags, arn));

    public static Dictionary<string, string> List(IPartitionReader reader, string arn)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in reader.Scan(Range(arn)))
        {
            var key = new KeyReader(entry.Key);
            key.ReadByte();
            key.SkipBytes();
            tags[key.ReadText()] = Encoding.UTF8.GetString(entry.Value[1..]);
        }

        return tags;
    }

    public static void Put(Batch batch, string arn, IReadOnlyDictionary<string, string>? tags)
    {
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
        {
            batch.Put(AutoScalingKeyspace.Key(AutoScalingKeyspace.Tags, arn, key), [Version, .. Encoding.UTF8.GetBytes(value)]);
        }
    }

    public static ServiceError? Check(IReadOnlyDictionary<string, string>? tags, IEnumerable<string> present)
    {
        if (tags?.Keys.FirstOrDefault(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
        {
            return ScalingFaults.Validation($"The tag key {reserved} must not begin with aws:.");
        }

        return (tags?.Keys ?? []).Union(present).Count() > MaxTags
            ? AutoScalingErrors.TooManyTagsException.With($"A scalable target has at most {MaxTags} tags.")
            : null;
    }

    /// <returns>The error of an ARN that is no scalable target of the partition's account and region.</returns>
    public static ServiceError? CheckTarget(IPartitionReader reader, string arn) =>
        ScalingTable.List(reader, [AutoScalingKeyspace.Targets], Targets.TargetJson.Default.TargetRecord).Exists(target => target.Record.Arn == arn)
            ? null
            : AutoScalingErrors.ResourceNotFoundException.With(
                "The specified resource does not exist.", new ResourceNotFoundException { ResourceName = arn });
}

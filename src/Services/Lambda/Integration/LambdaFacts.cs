using System.Collections.Concurrent;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Policies;

namespace Haneul.Lambda.Integration;

/// <summary>What authorization asks of a function: its resource policy and its tags.</summary>
internal sealed class LambdaFacts(FunctionTable functions) : IResourceFacts
{
    private const int MaxCached = 10_000;

    // Parsed policies; a policy's revision changes with its text, so an entry is never out of date.
    private readonly ConcurrentDictionary<string, (string Revision, AttachedPolicy Policy)> _parsed = new(StringComparer.Ordinal);

    public string Service => "lambda";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel)
    {
        if (resource.Resource.Split(':') is not ["function", var name, ..] parts)
        {
            return new(ResourceFacts.None);
        }

        var reference = new FunctionReference(resource.Account, resource.Region, name, parts.Length > 2 ? parts[2] : null);
        var partition = functions.Of(reference);
        if (FunctionTable.Function(partition, name) is not { } function)
        {
            return new(ResourceFacts.None);
        }

        var policy = PolicyTable.Find(partition, reference) is { } record ? Attach(reference.QualifiedArn, record) : null;
        return new(new ResourceFacts(policy, function.Tags));
    }

    private AttachedPolicy Attach(string arn, PolicyRecord record)
    {
        if (_parsed.TryGetValue(arn, out var known) && known.Revision == record.RevisionId)
        {
            return known.Policy;
        }

        if (_parsed.Count > MaxCached)
        {
            _parsed.Clear();
        }

        var policy = new AttachedPolicy(arn, PolicyTable.Document(record));
        _parsed[arn] = (record.RevisionId, policy);
        return policy;
    }
}

using System.Collections.Concurrent;
using Haneul.Iam.AccessKeys;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.Iam.Principals;

/// <summary>Writes down when access keys and roles are used, though not oftener than once a minute for each.</summary>
internal sealed class CredentialUses(IamStore iam) : ICredentialUses
{
    private const int CacheSize = 4096;

    private static readonly TimeSpan s_resolution = TimeSpan.FromMinutes(1);

    // What this process wrote last; forgetting it costs a write. Any thread.
    private readonly ConcurrentDictionary<string, KeyUse> _written = new();

    public async ValueTask NoteAsync(Principal principal, string service, Region region, DateTimeOffset time)
    {
        var user = principal.RoleArn is not null
            ? principal.UserId.Split(':')[0]
            : (principal.Kind == PrincipalKind.User && principal.AccessKeyId?.StartsWith(IamIds.AccessKey, StringComparison.Ordinal) == true
                ? principal.AccessKeyId
                : null);
        if (user is null || (_written.TryGetValue(user, out var last) && time - last.Time < s_resolution && time >= last.Time
            && last.Service == service && last.Region == region.Name))
        {
            return;
        }

        if (_written.Count >= CacheSize)
        {
            _written.Clear();
        }

        var use = new KeyUse(time, service, region.Name);
        _written[user] = use;
        var batch = new Batch();
        KeyTable.Use(batch, user, use);
        await iam.Keys.CommitAsync(batch);
    }
}

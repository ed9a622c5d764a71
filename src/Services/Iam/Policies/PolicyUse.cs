using Haneul.Iam.Groups;
using Haneul.Iam.Roles;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;

namespace Haneul.Iam.Policies;

/// <summary>Where managed policies are attached, counted when it is asked for: an account has few identities.</summary>
internal sealed class PolicyUse
{
    private readonly Dictionary<string, int> _attachments = [];
    private readonly Dictionary<string, int> _boundaries = [];

    private PolicyUse()
    {
    }

    /// <summary>Of a policy that is new.</summary>
    public static PolicyUse None { get; } = new();

    public PolicyUse(IamReader iam)
    {
        foreach (var identity in iam.All<UserRecord>().Cast<Identity>().Concat(iam.All<GroupRecord>()).Concat(iam.All<RoleRecord>()))
        {
            foreach (var arn in identity.Attached)
            {
                _attachments[arn] = Attachments(arn) + 1;
            }

            if (identity.Boundary is { } boundary)
            {
                _boundaries[boundary] = Boundaries(boundary) + 1;
            }
        }
    }

    public int Attachments(string arn) => _attachments.GetValueOrDefault(arn);

    public int Boundaries(string arn) => _boundaries.GetValueOrDefault(arn);
}

using Haneul.Iam.AccessKeys;
using Haneul.Iam.Storage;
using Haneul.Iam.Users;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Tests;

/// <summary>Bytes on disk: a change here needs an upgrade of stores that exist.</summary>
public sealed class KeyspaceTests
{
    [Fact]
    public void Keys_are_as_they_always_were()
    {
        Assert.Equal("iam/111111111111", IamKeyspace.Account(AccountId.Parse("111111111111")).ToString());
        Assert.Equal("iam-keys", IamKeyspace.Keys.ToString());
        Assert.Equal("sts", IamKeyspace.Sts.ToString());
        Assert.Equal("016164610001", Hex(IamKeyspace.Named(IamKeyspace.Users, "Ada")));
        Assert.Equal("026164610001", Hex(IamKeyspace.Named(IamKeyspace.Groups, "ada")));
        Assert.Equal("036164610001", Hex(IamKeyspace.Named(IamKeyspace.Roles, "ada")));
        Assert.Equal("046164610001", Hex(IamKeyspace.Named(IamKeyspace.Policies, "ada")));
        Assert.Equal("056164610001", Hex(IamKeyspace.Named(IamKeyspace.InstanceProfiles, "ada")));
        Assert.Equal("066164610001", Hex(IamKeyspace.Named(IamKeyspace.Providers, "ada")));
        Assert.Equal("07", Hex(IamKeyspace.Kind(IamKeyspace.Alias)));
        Assert.Equal("02889F7FF5F7B58000410001", Hex(IamKeyspace.SessionEnd(DateTimeOffset.UnixEpoch, "A")));
    }

    [Fact]
    public void Values_begin_with_their_version()
    {
        var user = new UserRecord
        {
            Name = "ada",
            Id = "AIDA1",
            Created = DateTimeOffset.UnixEpoch,
            Groups = ["devs"],
            Keys = [new AccessKeyRecord { Id = "AKIA1", Secret = "s", Created = DateTimeOffset.UnixEpoch }],
        };
        var bytes = IamJson.Encode(user, IamJson.Default.UserRecord);
        Assert.Equal(1, bytes[0]);
        Assert.Equal(
            """{"Groups":["devs"],"Keys":[{"Id":"AKIA1","Secret":"s","Status":"Active","Created":"1970-01-01T00:00:00+00:00"}],"Inline":{},"Attached":[],"Name":"ada","Path":"/","Id":"AIDA1","Created":"1970-01-01T00:00:00+00:00","Tags":{}}""",
            System.Text.Encoding.UTF8.GetString(bytes.AsSpan(1)));
        Assert.Equal(user.Keys[0], IamJson.Decode(bytes, IamJson.Default.UserRecord).Keys[0]);
    }

    [Fact]
    public void An_access_key_tells_its_account()
    {
        foreach (var account in (string[])["000000000000", "123456789012", "999999999999"])
        {
            var id = new RandomIdSource().NewKeyId(IamIds.AccessKey, AccountId.Parse(account));
            Assert.Equal(20, id.Length);
            Assert.Equal(account, KeyAccount.Decode(id)?.Value);
        }
    }

    [Fact]
    public void Every_policy_of_aws_can_be_read()
    {
        var all = Policies.AwsPolicies.All.ToList();
        Assert.True(all.Count > 40);
        Assert.All(all, policy => Assert.Null(Haneul.Policy.Validation.PolicyValidator.CheckIdentityPolicy(policy.Attached.Document)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}

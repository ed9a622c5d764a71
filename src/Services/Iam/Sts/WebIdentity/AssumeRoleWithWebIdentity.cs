using System.Globalization;
using Haneul.Iam.Contracts.Sts;
using Haneul.Iam.Principals;
using Haneul.Iam.Providers;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Policy.Conditions;
using Haneul.Policy.Evaluation;

namespace Haneul.Iam.Sts.WebIdentity;

/// <summary>
/// Gives a session of a role to whom an identity provider vouches for. The caller has no other credentials, so its trust is decided here.
/// <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"/>
/// </summary>
internal sealed class AssumeRoleWithWebIdentity(IamStore iam, IamFacts facts, SessionTable sessions, IWebKeys keys, IIdSource ids)
    : IHandler<AssumeRoleWithWebIdentityInput, AssumeRoleWithWebIdentityOutput>
{
    private const string Action = "sts:AssumeRoleWithWebIdentity";

    public async ValueTask<Outcome<AssumeRoleWithWebIdentityOutput>> HandleAsync(
        AssumeRoleWithWebIdentityInput input, CallContext context, CancellationToken cancel)
    {
        if (input.ProviderId is not null)
        {
            throw StsFaults.Unsupported("ProviderId", "AssumeRoleWithWebIdentity");
        }

        if (!Arn.TryParse(input.RoleArn, out var arn) || !AccountId.TryParse(arn.Account, out var account))
        {
            throw StsFaults.Validation("Request ARN is invalid");
        }

        var token = WebToken.TryParse(input.WebIdentityToken) ?? throw Invalid(
            "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        var provider = await BelieveAsync(token, iam.Read(account), context.Time, cancel);
        if (token.HasSessionClaims)
        {
            throw StsFaults.Unsupported("session tags and source identity in WebIdentityToken", "AssumeRoleWithWebIdentity");
        }

        var providerArn = provider.ArnOf(account);
        var audience = token.Audience.First(provider.Clients.Contains);
        var session = new Dictionary<string, string> { [provider.Name + ":sub"] = token.Subject, [provider.Name + ":aud"] = audience };
        if (facts.Find(arn) is not { } role || !Trusts(arn, input, providerArn, session))
        {
            throw StsFaults.AccessDenied("Not authorized to perform " + Action);
        }

        var duration = SessionIssue.Duration(input.DurationSeconds, role, chained: false);
        var record = new SessionIssue(ids, context.Now(), duration).ForRole(role, account, input.RoleSessionName) with
        {
            Provider = providerArn,
            Policies = SessionRequest.Policies(iam.Read(account), input.Policy, input.PolicyArns),
            Tags = role.Tags,
            Keys = session,
        };
        var packed = SessionRequest.PackedSize(input.Policy, input.PolicyArns, new Dictionary<string, string>());
        await sessions.AddAsync(record);
        return new AssumeRoleWithWebIdentityOutput
        {
            Credentials = record.ToContract(),
            AssumedRoleUser = new AssumedRoleUser { AssumedRoleId = record.UserId, Arn = record.Arn },
            SubjectFromWebIdentityToken = token.Subject,
            Audience = audience,
            Provider = providerArn,
            PackedPolicySize = packed,
        };
    }

    /// <summary>The provider that the token comes from, once it is proven to.</summary>
    private async ValueTask<ProviderRecord> BelieveAsync(WebToken token, IamReader reader, DateTimeOffset now, CancellationToken cancel)
    {
        if (token.Issuer.Length > 255 || reader.Find<ProviderRecord>(ProviderRecord.NameOfUrl(token.Issuer)) is not { } provider)
        {
            throw Invalid("No OpenIDConnect provider found in your account for " + token.Issuer);
        }

        if (!token.Audience.Any(provider.Clients.Contains))
        {
            throw Invalid("Incorrect token audience");
        }

        string found;
        try
        {
            found = await keys.FindAsync(provider.Url, token.KeyId, cancel);
        }
        catch (HttpRequestException)
        {
            throw Invalid(
                "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements");
        }

        if (!token.IsSignedBy(found))
        {
            throw Invalid("Provided Token signature could not be verified.");
        }

        if (token.Expires <= now.ToUnixTimeSeconds())
        {
            throw StsErrors.ExpiredTokenException.With(string.Create(
                CultureInfo.InvariantCulture,
                $"Token expired: current date/time {now.ToUnixTimeSeconds()} must be before the expiration date/time {token.Expires}")).ToException();
        }

        return token.NotBefore > now.ToUnixTimeSeconds() ? throw Invalid("Token is not valid yet.") : provider;
    }

    private bool Trusts(Arn role, AssumeRoleWithWebIdentityInput input, string provider, Dictionary<string, string> session)
    {
        var conditions = new ConditionKeys().Set("sts:RoleSessionName", input.RoleSessionName).Set("aws:FederatedProvider", provider);
        foreach (var (key, value) in session)
        {
            conditions.Set(key, value);
        }

        var caller = Principal.Anonymous with { FederatedProvider = provider };
        return PolicyEvaluator.Decide(
            new PolicyRequest(caller, Action, input.RoleArn, conditions), IdentityPolicies.None, facts.Trust(role)).Allowed;
    }

    private static Kernel.Errors.ServiceException Invalid(string message) =>
        StsErrors.InvalidIdentityTokenException.With(message).ToException();
}

using System.Text.Json.Serialization.Metadata;
using Haneul.Iam.Storage;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Providers;

/// <summary>An OpenID Connect provider; its name is the URL without its scheme.</summary>
internal sealed record ProviderRecord : Entity, IEntity<ProviderRecord>
{
    public const int MaxClients = 100;
    public const int MaxThumbprints = 5;

    /// <summary>The URL as it was given; discovery starts here.</summary>
    public required string Url { get; init; }

    public IReadOnlyList<string> Clients { get; init; } = [];

    public IReadOnlyList<string> Thumbprints { get; init; } = [];

    static byte IEntity<ProviderRecord>.Kind => IamKeyspace.Providers;

    static string IEntity<ProviderRecord>.Resource => "oidc-provider";

    static JsonTypeInfo<ProviderRecord> IEntity<ProviderRecord>.Json => IamJson.Default.ProviderRecord;

    static ServiceException IEntity<ProviderRecord>.Missing(string name) =>
        IamFaults.NoSuchEntity($"OpenIDConnect Provider not found for arn {name}");

    static ServiceException IEntity<ProviderRecord>.Exists(string name) =>
        IamFaults.AlreadyExists($"Provider with url https://{name} already exists.");

    public string ArnOf(AccountId account) => $"arn:aws:iam::{account}:oidc-provider/{Name}";

    /// <summary>A URL without its scheme and without a slash at the end.</summary>
    public static string NameOfUrl(string url)
    {
        var at = url.IndexOf("://", StringComparison.Ordinal);
        return (at < 0 ? url : url[(at + 3)..]).TrimEnd('/');
    }

    /// <summary>The provider's name in its ARN.</summary>
    public static string NameOf(string arn) =>
        Arn.TryParse(arn, out var parsed) && parsed.Service == "iam" && parsed.Resource.StartsWith("oidc-provider/", StringComparison.Ordinal)
            ? parsed.Resource["oidc-provider/".Length..]
            : throw IamFaults.Validation("Invalid ARN:  Could not be parsed!");
}

using Haneul.Iam.Storage;

namespace Haneul.Iam.Providers;

/// <summary>Finds identity providers by their ARNs.</summary>
internal static class Providers
{
    /// <exception cref="Kernel.Errors.ServiceException">There is no such provider.</exception>
    public static ProviderRecord Get(IamReader iam, string arn) =>
        iam.Find<ProviderRecord>(ProviderRecord.NameOf(arn)) is { } provider && provider.ArnOf(iam.Account) == arn
            ? provider
            : throw IamFaults.NoSuchEntity($"OpenIDConnect Provider not found for arn {arn}");
}

namespace Haneul.Iam.Providers;

/// <summary>How much a provider may list.</summary>
internal static class ProviderLimits
{
    public static ProviderRecord Check(ProviderRecord provider) =>
        provider.Clients.Count > ProviderRecord.MaxClients ? throw IamFaults.Quota("ClientIdsPerOpenIdConnectProvider", ProviderRecord.MaxClients)
        : provider.Thumbprints.Count > ProviderRecord.MaxThumbprints ? throw IamFaults.InvalidInput("Thumbprint list must contain fewer than 5 entries.")
        : provider;
}

using Haneul.Iam.Principals;
using Haneul.Iam.Storage;
using Haneul.Iam.Sts;
using Haneul.Iam.Sts.WebIdentity;
using Haneul.Integration;
using Haneul.Kernel.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Haneul.Iam;

/// <summary>The parts that IAM and STS share; either may be there without the other.</summary>
internal static class IamServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<IamStore>();
        services.TryAddSingleton<SessionTable>();
        services.TryAddSingleton<IamFacts>();
        services.TryAddSingleton<IWebKeys, HttpWebKeys>();
        services.TryAddSingleton<IIdentityPolicies, IdentityPolicySource>();
        services.TryAddSingleton<ICredentialUses, CredentialUses>();
        services.TryAddSingleton<IRoles, RoleSource>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentials, CredentialSource>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IResourceFacts, IamFacts>(provider => provider.GetRequiredService<IamFacts>()));
    }
}

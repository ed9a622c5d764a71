using Haneul.ApiGateway.Contracts.V1;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Methods;

/// <summary>What a method's response may declare.</summary>
internal static class MethodResponseRules
{
    private const string Header = "method.response.header.";

    public static void Check(IPartitionReader reader, string apiId, MethodResponse response)
    {
        foreach (var name in response.ResponseParameters?.Keys ?? [])
        {
            if (!name.StartsWith(Header, StringComparison.Ordinal) || name.Length == Header.Length)
            {
                throw RestFaults.Mapping($"Invalid mapping expression specified: {name}");
            }
        }

        MethodRules.CheckModels(reader, apiId, response.ResponseModels);
    }

    public static MethodResponse Find(Method method, string statusCode) =>
        method.MethodResponses?.GetValueOrDefault(statusCode) ?? throw RestFaults.NoStatusCode();
}

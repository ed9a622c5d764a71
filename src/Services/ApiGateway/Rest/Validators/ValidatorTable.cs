using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Validators;

/// <summary>Reads an API's request validators.</summary>
internal static class ValidatorTable
{
    public static RequestValidator Own(IPartitionReader reader, string apiId, string id, CallContext context) => RestPart.Own(
        reader, ApiGatewayKeyspace.RestValidators, apiId, id, RestRecords.Default.RequestValidator, context,
        static () => RestFaults.NotFound("Invalid Request Validator identifier specified"));

    public static string Name(string? name) =>
        string.IsNullOrWhiteSpace(name) ? throw RestFaults.BadRequest("Request Validator name cannot be blank") : name;
}

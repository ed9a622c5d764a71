using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Models;

/// <summary>Reads an API's models; their key is their name.</summary>
internal static class ModelTable
{
    public static Model Own(IPartitionReader reader, string apiId, string name, CallContext context) => RestPart.Own(
        reader, ApiGatewayKeyspace.RestModels, apiId, name, RestRecords.Default.Model, context,
        () => RestFaults.NotFound($"Invalid model name specified: {name}"));

    public static List<Model> All(IPartitionReader reader, string apiId) =>
        StoredJson.Parts(reader, ApiGatewayKeyspace.RestModels, apiId, RestRecords.Default.Model);

    /// <summary>The name of the model that a <c>$ref</c> means; null if it means something inside of the schema itself.</summary>
    public static string? Referenced(string? reference)
    {
        if (reference?.StartsWith(ModelSchema.ReferenceHead, StringComparison.Ordinal) != true)
        {
            return null;
        }

        return reference[ModelSchema.ReferenceHead.Length..].Split('/') is [_, "models", { Length: > 0 } name, ..] ? name.Split('#')[0] : null;
    }
}

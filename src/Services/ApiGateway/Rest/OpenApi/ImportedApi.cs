using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>What a description says of an API, before it is put into one: parts know each other by name.</summary>
internal sealed class ImportedApi
{
    public required RestApi Api { get; init; }

    public List<ImportedMethod> Methods { get; } = [];

    /// <summary>All paths, also those without methods.</summary>
    public List<string> Paths { get; } = [];

    public List<Model> Models { get; } = [];

    public List<RequestValidator> Validators { get; } = [];

    public List<Authorizer> Authorizers { get; } = [];

    public List<GatewayResponse> Responses { get; } = [];

    public List<DocumentationPart> Documentation { get; } = [];

    public string? DocumentationVersion { get; set; }

    public List<string> Warnings { get; } = [];
}

/// <param name="Path">The path of the resource, base path included.</param>
/// <param name="Method">The method; its authorizer and validator are not in it yet.</param>
/// <param name="Authorizer">The name of the authorizer.</param>
/// <param name="Validator">The name of the request validator.</param>
internal sealed record ImportedMethod(string Path, Method Method, string? Authorizer, string? Validator);

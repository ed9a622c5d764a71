using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Documentation;

/// <summary>A version of an API's documentation: the parts as they were when it was made.</summary>
internal sealed record DocumentationVersionRecord(DocumentationVersion Version, IReadOnlyList<DocumentationPart> Parts);

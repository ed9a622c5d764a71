namespace Haneul.ApiGateway.Rest.Execute.Validation;

/// <summary>A schema that leads nowhere, or that takes more work than a request is worth.</summary>
internal sealed class SchemaException(string message) : Exception(message);

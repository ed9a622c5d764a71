namespace Haneul.Kernel.Operations;

/// <summary>The facts of one service's contract: how it is addressed and signed, and what operations it has.</summary>
public sealed class ServiceModel
{
    private readonly IReadOnlyList<Operation> _operations = [];

    /// <summary>Our short name, which is the CLI's: <c>dynamodb</c>, <c>stepfunctions</c>.</summary>
    public required string Id { get; init; }

    /// <summary>AWS's display name, such as <c>DynamoDB</c>.</summary>
    public required string ServiceId { get; init; }

    /// <summary>The service in a credential scope.</summary>
    public required string SigningName { get; init; }

    /// <summary>The prefix of actions in policies, such as <c>dynamodb</c> in <c>dynamodb:GetItem</c>.</summary>
    public required string ActionPrefix { get; init; }

    /// <summary>The first label of the service's host names.</summary>
    public required string EndpointPrefix { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>Protocols the service speaks, the preferred first.</summary>
    public required IReadOnlyList<Protocol> Protocols { get; init; }

    /// <summary>What stands before the dot in <c>X-Amz-Target</c>.</summary>
    public string? TargetPrefix { get; init; }

    /// <summary>The namespace of XML answers.</summary>
    public string? XmlNamespace { get; init; }

    /// <summary>What stands before an error's name in <c>__type</c>, such as <c>com.amazonaws.dynamodb.v20120810#</c>.</summary>
    public string? ErrorNamespace { get; init; }

    /// <summary>JSON errors also carry the code that the query protocol had.</summary>
    public bool QueryCompatible { get; init; }

    public required IReadOnlyList<Operation> Operations
    {
        get => _operations;
        init
        {
            _operations = value;
            foreach (var operation in value)
            {
                operation.Service = this;
            }
        }
    }

    public IReadOnlyList<UnservedOperation> Unserved { get; init; } = [];
}

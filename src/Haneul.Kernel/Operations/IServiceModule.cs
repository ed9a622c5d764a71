using Haneul.Kernel.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Kernel.Operations;

/// <summary>A service: its contract, its parts and the table of its operations.</summary>
public interface IServiceModule
{
    ServiceModel Model { get; }

    /// <summary>Adds the service's parts to the container. Parts are singletons.</summary>
    void Register(IServiceCollection services);

    /// <summary>Fills the table: operation, permission, handler.</summary>
    void Map(OperationTable operations);

    /// <summary>The error of an input that breaks the model's bounds; most services call it ValidationException.</summary>
    ErrorShape ValidationError => CommonErrors.ValidationException;

    /// <summary>Violations in the body are named from the input's shape on, as in <c>createRestApiInput.name</c>: few services do so.</summary>
    bool NamesInputOfViolations => false;

    /// <summary>What differs from AWS, one sentence each; printed on the compatibility page.</summary>
    IReadOnlyList<string> Differences => [];
}

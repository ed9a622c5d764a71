using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.EventSources;

/// <summary>Shows a mapping.</summary>
internal sealed class GetEventSourceMapping(MappingTable mappings) : IHandler<GetEventSourceMappingInput, EventSourceMappingConfiguration>
{
    public ValueTask<Outcome<EventSourceMappingConfiguration>> HandleAsync(
        GetEventSourceMappingInput input, CallContext context, CancellationToken cancel) =>
        new(MappingTable.Find(mappings.Of(context), input.UUID) is { } mapping
            ? mapping.Show(context.Account.Value, context.Region.Name)
            : MappingTable.NotFound);
}

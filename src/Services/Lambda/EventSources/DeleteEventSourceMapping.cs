using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// Deletes a mapping; it is gone when its last invocation has ended.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html"/>
/// </summary>
internal sealed class DeleteEventSourceMapping(MappingTable mappings)
    : IHandler<DeleteEventSourceMappingInput, EventSourceMappingConfiguration>
{
    public async ValueTask<Outcome<EventSourceMappingConfiguration>> HandleAsync(
        DeleteEventSourceMappingInput input, CallContext context, CancellationToken cancel)
    {
        var outcome = await mappings.Of(context).UpdateAsync((input.UUID, context), static (current, batch, state) =>
        {
            if (MappingTable.Find(current, state.UUID) is not { } mapping)
            {
                return (Outcome<MappingRecord>)MappingTable.NotFound;
            }

            if (mapping.State is MappingStates.Updating or MappingStates.Deleting)
            {
                return MappingRules.CheckIdle(mapping, "delete")!;
            }

            var deleted = mapping with
            {
                State = MappingStates.Deleting, Revision = mapping.Revision + 1, LastModified = state.context.Time,
            };
            MappingTable.Put(batch, deleted);
            return deleted;
        });
        mappings.Changes.Pulse();
        return outcome.Succeeded ? outcome.Value.Show(context.Account.Value, context.Region.Name) : outcome.Error;
    }
}

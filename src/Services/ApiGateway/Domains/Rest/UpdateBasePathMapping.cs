using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Storage;

namespace Haneul.ApiGateway.Domains.Rest;

/// <summary>
/// Changes a mapping. <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateBasePathMapping-Patch"/>
/// </summary>
internal sealed class UpdateBasePathMapping(DomainTable domains) : IHandler<UpdateBasePathMappingInput, BasePathMapping>
{
    private static readonly PatchTable<Draft> s_patch = new PatchTable<Draft>(PatchWords.Plain)
        .On("/basePath", "replace", static (draft, step) => draft.Key = MappingRules.Key(step.Value))
        .On("/restapiId", "replace", static (draft, step) => draft.ApiId = step.Value ?? "")
        .On("/stage", "replace", static (draft, step) => draft.Stage = step.Text);

    public async ValueTask<Outcome<BasePathMapping>> HandleAsync(UpdateBasePathMappingInput input, CallContext context, CancellationToken cancel)
    {
        var changed = await domains.UpdateAsync((input, context), static (current, batch, state) => Change(current, batch, state.input, state.context));
        return DomainView.Of(changed);
    }

    private static DomainMapping Change(IPartitionReader current, Batch batch, UpdateBasePathMappingInput input, CallContext context)
    {
        var domain = DomainTable.Own(current, input.DomainName, context);
        var old = GetBasePathMapping.Find(domain, input.BasePath);
        var draft = new Draft { Key = old.Key, ApiId = old.ApiId, Stage = old.Stage };
        s_patch.Apply(draft, input.PatchOperations);
        var mapping = old with { Key = draft.Key, ApiId = draft.ApiId, Stage = draft.Stage };
        DomainTable.Put(batch, MappingRules.With(current, domain, mapping, old, levels: old.Key.Contains('/', StringComparison.Ordinal), context));
        return mapping;
    }

    private sealed class Draft
    {
        public required string Key { get; set; }

        public required string ApiId { get; set; }

        public string? Stage { get; set; }
    }
}

using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Plans;
using Haneul.ApiGateway.Rest.Usage;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>
/// Creates the API keys of a file and puts them into their usage plans. Lines that cannot be taken are warnings, and with <c>failonwarnings</c> the
/// end of the import, after which nothing is imported.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_ImportApiKeys.html"/>
/// </summary>
internal sealed class ImportApiKeys(RestTable apis, KeyPlans plans, IIdSource ids) : IHandler<ImportApiKeysInput, ImportApiKeysOutput>
{
    private const int MostLines = 10_000;

    public async ValueTask<Outcome<ImportApiKeysOutput>> HandleAsync(ImportApiKeysInput input, CallContext context, CancellationToken cancel)
    {
        var lines = KeyFile.Read(input.Body ?? default);
        if (lines.Count > MostLines)
        {
            throw RestFaults.LimitExceeded("API Keys limit exceeded");
        }

        var imported = new List<string>();
        var warnings = new List<string>();
        foreach (var line in lines)
        {
            try
            {
                // Each key is whole by itself: its plans are in the same batch.
                imported.Add(await AddAsync(line, context));
            }
            catch (ServiceException exception)
            {
                if (input.FailOnWarnings == true)
                {
                    await UndoAsync(imported, context);
                    plans.Changed();
                    return exception.Error;
                }

                warnings.Add($"Unable to import API Key '{line.Name}': {exception.Message}");
            }
        }

        plans.Changed();
        return new ImportApiKeysOutput { Ids = imported, Warnings = warnings };
    }

    private ValueTask<string> AddAsync(KeyLine line, CallContext context)
    {
        var key = new ApiKey
        {
            Id = Texts.NewId(ids, 10),
            Value = ApiKeyRules.Value(line.Value, ids),
            Name = ApiKeyRules.Name(line.Name),
            Description = ApiKeyRules.Description(line.Description),
            Enabled = line.Enabled,
            CreatedDate = context.Time,
            LastUpdatedDate = context.Time,
            StageKeys = [],
        };
        return apis.Partition.UpdateAsync((key, line, context), static (current, batch, state) =>
        {
            var (key, line, context) = state;
            ApiKeyRules.Add(current, batch, key, context);
            foreach (var plan in line.Plans)
            {
                PlanTable.AddKey(current, batch, context, PlanTable.Own(current, plan, context), key.Id!);
            }

            return key.Id!;
        });
    }

    private async ValueTask UndoAsync(IReadOnlyList<string> imported, CallContext context)
    {
        var delete = new DeleteApiKey(apis, plans);
        foreach (var id in imported)
        {
            await delete.HandleAsync(new DeleteApiKeyInput { ApiKey = id }, context, CancellationToken.None);
        }
    }
}

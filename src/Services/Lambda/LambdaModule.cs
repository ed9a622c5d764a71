using Haneul.Compute.Environments;
using Haneul.Compute.Machine;
using Haneul.Http;
using Haneul.Integration;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Aliases;
using Haneul.Lambda.Code;
using Haneul.Lambda.Concurrency;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Events;
using Haneul.Lambda.EventSources;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Integration;
using Haneul.Lambda.Invocations;
using Haneul.Lambda.Layers;
using Haneul.Lambda.Policies;
using Haneul.Lambda.Tags;
using Haneul.Lambda.Urls;
using Haneul.Lambda.Versions;
using Haneul.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Lambda;

/// <summary>AWS Lambda: functions, and the sandboxes they run in.</summary>
public sealed class LambdaModule : IServiceModule
{
    // For condition keys, which only the store can tell.
    private MappingTable? _mappings;

    public ServiceModel Model => LambdaOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "Functions run on the interpreters of this machine: of the runtime's version if it is installed, else of the nearest one, which the log says.",
        "Runtimes are python3.9 to python3.14, nodejs18.x to nodejs24.x, provided, provided.al2 and provided.al2023; code comes as a zip in the call.",
        "Functions run on this machine's own architecture only.",
        "The files in /tmp count as memory of the function.",
        "Functions reach this cloud at AWS_ENDPOINT_URL and no other network.",
        "Layers of other accounts, layer policies, VPCs, file systems, images, SnapStart, tracing, dead-letter queues, JSON logs and customer keys are refused.",
        "Event source mappings read DynamoDB's streams alone and tell failures to functions; tags, tumbling windows, SQS, SNS and S3 are refused.",
    ];

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<FunctionTable>();
        services.AddSingleton<CodeStore>();
        services.AddSingleton<CodeSite>();
        services.AddSingleton<IHttpSite>(static provider => provider.GetRequiredService<CodeSite>());
        services.AddSingleton<ExecutionRoles>();
        services.AddSingleton<FunctionLogs>();
        services.AddSingleton<ConcurrencyGate>();
        services.AddSingleton<FunctionRunner>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<EventQueue>();
        services.AddSingleton<LayerTable>();
        services.AddSingleton<LayerStack>();
        services.AddSingleton<FunctionUrls>();
        services.AddSingleton<IHttpSite, UrlSite>();
        services.AddSingleton<EventDestinations>();
        services.AddHostedService(static provider => provider.GetRequiredService<CodeStore>());
        services.AddHostedService<EventLoop>();
        services.AddSingleton(provider => _mappings = new MappingTable(provider.GetRequiredService<IStore>()));
        services.AddSingleton<StreamAccess>();
        services.AddSingleton<MappingServices>();
        services.AddHostedService<EventSourceLoop>();
        services.AddSingleton<IFunctions, LambdaFunctions>();
        services.AddSingleton<IResourceFacts, LambdaFacts>();
        services.AddSingleton(static provider => new RuntimeCatalog(
            Interpreters.Detect(), Path.Combine(provider.GetRequiredService<CloudEnvironment>().DataDirectory, "lambda")));
    }

    public void Map(OperationTable operations)
    {
        operations.Map(LambdaOperations.AddPermission)
            .Needs("lambda:AddPermission", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Keys(static (input, _, authorization) =>
            {
                authorization.Key("lambda:Principal", input.Principal);
                authorization.Key("lambda:FunctionUrlAuthType", input.FunctionUrlAuthType);
            })
            .Use<AddPermission>();
        operations.Map(LambdaOperations.CreateAlias)
            .Needs("lambda:CreateAlias", (input, context) => FunctionReference.Resource(input.FunctionName, context)).Use<CreateAlias>();
        operations.Map(LambdaOperations.CreateEventSourceMapping)
            .Needs("lambda:CreateEventSourceMapping")
            .Keys(static (input, context, authorization) =>
                authorization.Key("lambda:FunctionArn", FunctionReference.Resource(input.FunctionName, qualifier: null, context)))
            .Use<CreateEventSourceMapping>();
        operations.Map(LambdaOperations.CreateFunction)
            .Needs("lambda:CreateFunction", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Needs("iam:PassRole", (input, _) => input.Role)
            .Keys(static (input, _, authorization) =>
            {
                authorization.Key("iam:PassedToService", "lambda.amazonaws.com");
                authorization.RequestTags(input.Tags ?? new Dictionary<string, string>());
            })
            .Accepts(MaxCodeRequest)
            .Use<CreateFunction>();
        operations.Map(LambdaOperations.CreateFunctionUrlConfig)
            .Needs("lambda:CreateFunctionUrlConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Keys(static (input, _, authorization) => authorization.Key("lambda:FunctionUrlAuthType", input.AuthType))
            .Use<CreateFunctionUrlConfig>();
        operations.Map(LambdaOperations.DeleteAlias)
            .Needs("lambda:DeleteAlias", (input, context) => FunctionReference.Resource(input.FunctionName, context)).Use<DeleteAlias>();
        operations.Map(LambdaOperations.DeleteEventSourceMapping)
            .Needs("lambda:DeleteEventSourceMapping", (input, context) => MappingTable.Arn(context, input.UUID))
            .Keys((input, context, authorization) => authorization.Key("lambda:FunctionArn", FunctionOf(input.UUID, context)))
            .Use<DeleteEventSourceMapping>();
        operations.Map(LambdaOperations.DeleteFunction)
            .Needs("lambda:DeleteFunction", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<DeleteFunction>();
        operations.Map(LambdaOperations.DeleteFunctionConcurrency)
            .Needs("lambda:DeleteFunctionConcurrency", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Use<DeleteFunctionConcurrency>();
        operations.Map(LambdaOperations.DeleteFunctionEventInvokeConfig)
            .Needs("lambda:DeleteFunctionEventInvokeConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<DeleteFunctionEventInvokeConfig>();
        operations.Map(LambdaOperations.DeleteFunctionUrlConfig)
            .Needs("lambda:DeleteFunctionUrlConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<DeleteFunctionUrlConfig>();
        operations.Map(LambdaOperations.DeleteLayerVersion)
            .Needs("lambda:DeleteLayerVersion", (input, context) => LayerTable.VersionArn(input.LayerName, input.VersionNumber, context))
            .Use<DeleteLayerVersion>();
        operations.Map(LambdaOperations.GetAccountSettings).Needs("lambda:GetAccountSettings").Use<GetAccountSettings>();
        operations.Map(LambdaOperations.GetAlias)
            .Needs("lambda:GetAlias", (input, context) => FunctionReference.Resource(input.FunctionName, context)).Use<GetAlias>();
        operations.Map(LambdaOperations.GetEventSourceMapping)
            .Needs("lambda:GetEventSourceMapping", (input, context) => MappingTable.Arn(context, input.UUID))
            .Keys((input, context, authorization) => authorization.Key("lambda:FunctionArn", FunctionOf(input.UUID, context)))
            .Use<GetEventSourceMapping>();
        operations.Map(LambdaOperations.GetFunction)
            .Needs("lambda:GetFunction", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<GetFunction>();
        operations.Map(LambdaOperations.GetFunctionCodeSigningConfig)
            .Needs("lambda:GetFunctionCodeSigningConfig", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Use<GetFunctionCodeSigningConfig>();
        operations.Map(LambdaOperations.GetFunctionConcurrency)
            .Needs("lambda:GetFunctionConcurrency", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Use<GetFunctionConcurrency>();
        operations.Map(LambdaOperations.GetFunctionConfiguration)
            .Needs("lambda:GetFunctionConfiguration", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<GetFunctionConfiguration>();
        operations.Map(LambdaOperations.GetFunctionEventInvokeConfig)
            .Needs("lambda:GetFunctionEventInvokeConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<GetFunctionEventInvokeConfig>();
        operations.Map(LambdaOperations.GetFunctionUrlConfig)
            .Needs("lambda:GetFunctionUrlConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<GetFunctionUrlConfig>();
        operations.Map(LambdaOperations.GetLayerVersion)
            .Needs("lambda:GetLayerVersion", (input, context) => LayerTable.VersionArn(input.LayerName, input.VersionNumber, context))
            .Use<GetLayerVersion>();
        operations.Map(LambdaOperations.GetLayerVersionByArn)
            .Needs("lambda:GetLayerVersion", static (input, _) => input.Arn)
            .Use<GetLayerVersionByArn>();
        operations.Map(LambdaOperations.GetPolicy)
            .Needs("lambda:GetPolicy", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context)).Use<GetPolicy>();
        operations.Map(LambdaOperations.Invoke)
            .Needs("lambda:InvokeFunction", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<Invoke>();
        operations.Map(LambdaOperations.ListAliases)
            .Needs("lambda:ListAliases", (input, context) => FunctionReference.Resource(input.FunctionName, context)).Use<ListAliases>();
        operations.Map(LambdaOperations.ListEventSourceMappings).Needs("lambda:ListEventSourceMappings").Use<ListEventSourceMappings>();
        operations.Map(LambdaOperations.ListFunctionEventInvokeConfigs)
            .Needs("lambda:ListFunctionEventInvokeConfigs", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Use<ListFunctionEventInvokeConfigs>();
        operations.Map(LambdaOperations.ListFunctions).Needs("lambda:ListFunctions").Use<ListFunctions>();
        operations.Map(LambdaOperations.ListFunctionUrlConfigs)
            .Needs("lambda:ListFunctionUrlConfigs", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Use<ListFunctionUrlConfigs>();
        operations.Map(LambdaOperations.ListLayerVersions)
            .Needs("lambda:ListLayerVersions")
            .Use<ListLayerVersions>();
        operations.Map(LambdaOperations.ListLayers)
            .Needs("lambda:ListLayers")
            .Use<ListLayers>();
        operations.Map(LambdaOperations.ListTags).Needs("lambda:ListTags", static (input, _) => input.Resource).Use<ListTags>();
        operations.Map(LambdaOperations.ListVersionsByFunction)
            .Needs("lambda:ListVersionsByFunction", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Use<ListVersionsByFunction>();
        operations.Map(LambdaOperations.PublishLayerVersion)
            .Needs("lambda:PublishLayerVersion", (input, context) => LayerTable.LayerArn(input.LayerName, context))
            .Accepts(MaxCodeRequest)
            .Use<PublishLayerVersion>();
        operations.Map(LambdaOperations.PublishVersion)
            .Needs("lambda:PublishVersion", (input, context) => FunctionReference.Resource(input.FunctionName, context)).Use<PublishVersion>();
        operations.Map(LambdaOperations.PutFunctionConcurrency)
            .Needs("lambda:PutFunctionConcurrency", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Use<PutFunctionConcurrency>();
        operations.Map(LambdaOperations.PutFunctionEventInvokeConfig)
            .Needs("lambda:PutFunctionEventInvokeConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<PutFunctionEventInvokeConfig>();
        operations.Map(LambdaOperations.RemovePermission)
            .Needs("lambda:RemovePermission", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<RemovePermission>();
        operations.Map(LambdaOperations.TagResource)
            .Needs("lambda:TagResource", static (input, _) => input.Resource)
            .Keys(static (input, _, authorization) => authorization.RequestTags(input.Tags))
            .Use<TagResource>();
        operations.Map(LambdaOperations.UntagResource)
            .Needs("lambda:UntagResource", static (input, _) => input.Resource)
            .Keys(static (input, _, authorization) => authorization.Key("aws:TagKeys", input.TagKeys))
            .Use<UntagResource>();
        operations.Map(LambdaOperations.UpdateAlias)
            .Needs("lambda:UpdateAlias", (input, context) => FunctionReference.Resource(input.FunctionName, context)).Use<UpdateAlias>();
        operations.Map(LambdaOperations.UpdateEventSourceMapping)
            .Needs("lambda:UpdateEventSourceMapping", (input, context) => MappingTable.Arn(context, input.UUID))
            .Keys((input, context, authorization) => authorization.Key("lambda:FunctionArn", FunctionOf(input.UUID, context)))
            .Use<UpdateEventSourceMapping>();
        operations.Map(LambdaOperations.UpdateFunctionCode)
            .Needs("lambda:UpdateFunctionCode", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Accepts(MaxCodeRequest)
            .Use<UpdateFunctionCode>();
        operations.Map(LambdaOperations.UpdateFunctionConfiguration)
            .Needs("lambda:UpdateFunctionConfiguration", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .NeedsEach("iam:PassRole", static (input, _) => input.Role is { } role ? [role] : [])
            .Keys(static (_, _, authorization) => authorization.Key("iam:PassedToService", "lambda.amazonaws.com"))
            .Use<UpdateFunctionConfiguration>();
        operations.Map(LambdaOperations.UpdateFunctionEventInvokeConfig)
            .Needs("lambda:UpdateFunctionEventInvokeConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<UpdateFunctionEventInvokeConfig>();
        operations.Map(LambdaOperations.UpdateFunctionUrlConfig)
            .Needs("lambda:UpdateFunctionUrlConfig", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Keys(static (input, _, authorization) => authorization.Key("lambda:FunctionUrlAuthType", input.AuthType))
            .Use<UpdateFunctionUrlConfig>();
    }

    private string? FunctionOf(string mapping, CallContext context) =>
        _mappings is { } mappings && MappingTable.Find(mappings.Of(context), mapping) is { } found
        ? found.Reference(context.Account.Value, context.Region.Name).QualifiedArn
        : null;

    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private const long MaxCodeRequest = 70_167_211;
}

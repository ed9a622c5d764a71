using Haneul.Compute.Environments;
using Haneul.Compute.Machine;
using Haneul.Http;
using Haneul.Kernel.Cloud;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Code;
using Haneul.Lambda.Contracts;
using Haneul.Lambda.Functions;
using Haneul.Lambda.Invocations;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Lambda;

/// <summary>AWS Lambda: functions, and the sandboxes they run in.</summary>
public sealed class LambdaModule : IServiceModule
{
    public ServiceModel Model => LambdaOperations.Model;

    public IReadOnlyList<string> Differences =>
    [
        "Functions run on the interpreters of this machine: of the runtime's version if it is installed, else of the nearest one, which the log says.",
        "Runtimes are python3.9 to python3.14, nodejs18.x to nodejs24.x, provided, provided.al2 and provided.al2023; code comes as a zip in the call.",
        "Functions run on this machine's own architecture only.",
        "The files in /tmp count as memory of the function.",
        "Functions reach this cloud at AWS_ENDPOINT_URL and no other network.",
        "Layers, VPCs, file systems, images, SnapStart, tracing, dead-letter queues, JSON logs and customer keys are refused.",
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
        services.AddSingleton(static provider => new RuntimeCatalog(
            Interpreters.Detect(), Path.Combine(provider.GetRequiredService<CloudEnvironment>().DataDirectory, "lambda")));
    }

    public void Map(OperationTable operations)
    {
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
        operations.Map(LambdaOperations.DeleteFunction)
            .Needs("lambda:DeleteFunction", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<DeleteFunction>();
        operations.Map(LambdaOperations.GetFunction)
            .Needs("lambda:GetFunction", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<GetFunction>();
        operations.Map(LambdaOperations.GetFunctionConfiguration)
            .Needs("lambda:GetFunctionConfiguration", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<GetFunctionConfiguration>();
        operations.Map(LambdaOperations.Invoke)
            .Needs("lambda:InvokeFunction", (input, context) => FunctionReference.Resource(input.FunctionName, input.Qualifier, context))
            .Use<Invoke>();
        operations.Map(LambdaOperations.ListFunctions).Needs("lambda:ListFunctions").Use<ListFunctions>();
        operations.Map(LambdaOperations.UpdateFunctionCode)
            .Needs("lambda:UpdateFunctionCode", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .Accepts(MaxCodeRequest)
            .Use<UpdateFunctionCode>();
        operations.Map(LambdaOperations.UpdateFunctionConfiguration)
            .Needs("lambda:UpdateFunctionConfiguration", (input, context) => FunctionReference.Resource(input.FunctionName, context))
            .NeedsEach("iam:PassRole", static (input, _) => input.Role is { } role ? [role] : [])
            .Keys(static (_, _, authorization) => authorization.Key("iam:PassedToService", "lambda.amazonaws.com"))
            .Use<UpdateFunctionConfiguration>();
    }

    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private const long MaxCodeRequest = 70_167_211;
}

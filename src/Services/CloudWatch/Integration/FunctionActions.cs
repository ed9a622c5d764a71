using Haneul.Integration;
using Haneul.Integration.Metrics;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.CloudWatch.Integration;

/// <summary>Functions as actions of alarms: their policies must allow <c>lambda.alarms.cloudwatch.amazonaws.com</c>.</summary>
internal sealed class FunctionActions(IEnumerable<IFunctions> functions) : IAlarmActions
{
    private const string Service = "lambda.alarms.cloudwatch.amazonaws.com";

    public bool Owns(Arn action) => action.Service == "lambda";

    public ValueTask<Outcome<Unit>> RunAsync(Arn action, AlarmNotice alarm, CallContext origin, CancellationToken cancel) =>
        functions.FirstOrDefault() is { } lambda
            ? lambda.SendAsync(action.ToString(), alarm.Event, origin.ForService(Service, origin.SourceArn, origin.RequestId, origin.Time), cancel)
            : new(CommonErrors.NotImplemented.With("This cloud has no functions."));
}

namespace Haneul.ApiGateway.Integrations;

/// <summary>
/// An operation of a service that a route of an HTTP API may call without a function.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html"/>
/// </summary>
/// <param name="Name">The integration's subtype.</param>
/// <param name="Service">The service's endpoint prefix.</param>
/// <param name="Target">The operation, as JSON protocols name it.</param>
/// <param name="JsonVersion">Of the protocol.</param>
/// <param name="Required">Parameters that must be mapped.</param>
/// <param name="Optional">Parameters that may be.</param>
internal sealed record ServiceSubtype(string Name, string Service, string Target, string JsonVersion, string[] Required, string[] Optional)
{
    /// <summary>The parameter of all subtypes that says where the service is called.</summary>
    public const string Region = "Region";

    private static readonly ServiceSubtype[] s_all =
    [
        new("EventBridge-PutEvents", "events", "AWSEvents.PutEvents", "1.1", ["Detail", "DetailType", "Source"], ["Time", "EventBusName", "Resources", "TraceHeader"]),
        new(
            "SQS-SendMessage", "sqs", "AmazonSQS.SendMessage", "1.0", ["QueueUrl", "MessageBody"],
            ["DelaySeconds", "MessageAttributes", "MessageDeduplicationId", "MessageGroupId", "MessageSystemAttributes"]),
        new(
            "SQS-ReceiveMessage", "sqs", "AmazonSQS.ReceiveMessage", "1.0", ["QueueUrl"],
            ["AttributeNames", "MaxNumberOfMessages", "MessageAttributeNames", "ReceiveRequestAttemptId", "VisibilityTimeout", "WaitTimeSeconds"]),
        new("SQS-DeleteMessage", "sqs", "AmazonSQS.DeleteMessage", "1.0", ["QueueUrl", "ReceiptHandle"], []),
        new("SQS-PurgeQueue", "sqs", "AmazonSQS.PurgeQueue", "1.0", ["QueueUrl"], []),
        new(
            "Kinesis-PutRecord", "kinesis", "Kinesis_20131202.PutRecord", "1.1", ["StreamName", "Data", "PartitionKey"],
            ["SequenceNumberForOrdering", "ExplicitHashKey"]),
        new("StepFunctions-StartExecution", "states", "AWSStepFunctions.StartExecution", "1.0", ["StateMachineArn"], ["Name", "Input"]),
        new("StepFunctions-StartSyncExecution", "states", "AWSStepFunctions.StartSyncExecution", "1.0", ["StateMachineArn"], ["Name", "Input", "TraceHeader"]),
        new("StepFunctions-StopExecution", "states", "AWSStepFunctions.StopExecution", "1.0", ["ExecutionArn"], ["Cause", "Error"]),
    ];

    public static ServiceSubtype? Find(string name) => Array.Find(s_all, subtype => subtype.Name == name);
}

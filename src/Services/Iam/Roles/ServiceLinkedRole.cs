using System.Collections.Frozen;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;

namespace Haneul.Iam.Roles;

/// <summary>
/// Names of the roles that services make for themselves.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html"/>
/// </summary>
internal static class ServiceLinkedRole
{
    private const string Prefix = "AWSServiceRoleFor";

    private static readonly FrozenDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["autoscaling.amazonaws.com"] = "AutoScaling",
        ["batch.amazonaws.com"] = "Batch",
        ["dynamodb.application-autoscaling.amazonaws.com"] = "ApplicationAutoScaling_DynamoDBTable",
        ["ecs.amazonaws.com"] = "ECS",
        ["ecs.application-autoscaling.amazonaws.com"] = "ApplicationAutoScaling_ECSService",
        ["elasticache.amazonaws.com"] = "ElastiCache",
        ["elasticloadbalancing.amazonaws.com"] = "ElasticLoadBalancing",
        ["lambda.application-autoscaling.amazonaws.com"] = "ApplicationAutoScaling_LambdaConcurrency",
        ["ops.apigateway.amazonaws.com"] = "APIGateway",
        ["rds.amazonaws.com"] = "RDS",
        ["replication.dynamodb.amazonaws.com"] = "DynamoDBReplication",
    }.ToFrozenDictionary();

    public static string NameFor(string service, string? suffix)
    {
        if (!service.EndsWith(".amazonaws.com", StringComparison.Ordinal) || !s_names.TryGetValue(service, out var name))
        {
            throw IamFaults.InvalidInput($"Haneul does not support service-linked roles of {service} yet.");
        }

        if (suffix is null)
        {
            return Prefix + name;
        }

        return service == "autoscaling.amazonaws.com"
            ? $"{Prefix}{name}_{suffix}"
            : throw IamFaults.InvalidInput($"Custom suffix is not allowed for {service}");
    }

    public static string PathFor(string service) => RoleRecord.ServiceLinkedPath + service + "/";

    public static string ArnFor(string service, string? suffix, CallContext context) =>
        EntityArn.Of("role", PathFor(service), s_names.TryGetValue(service, out var name) ? Prefix + name + (suffix is null ? "" : "_" + suffix) : "*", context.Account);

    public static string TrustOf(string service) =>
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":[\"sts:AssumeRole\"],\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\""
        + service + "\"]}}]}";
}

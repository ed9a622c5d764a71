using System.Text.Json.Nodes;

namespace Haneul.ModelCompiler;

/// <summary>The served operations, the names of the others, and the service's own facts.</summary>
internal static class OperationsFile
{
    public static string Write(Context context)
    {
        var file = context.NewFile("Haneul.Kernel.Operations", "Haneul.Kernel.Shapes");
        var type = $"{context.Prefix}Operations";
        file.Line();
        file.Line($"public static class {type}");
        file.Line("{");
        foreach (var name in context.Model.Served)
        {
            var operation = context.Model.Operation(name);
            var (input, inputSchema) = Side(context, operation, "input");
            var (output, outputSchema) = Side(context, operation, "output");
            file.Line($"public static Operation<{input}, {output}> {name} {{ get; }} = new({CSharp.Literal(name)}, {inputSchema}, {outputSchema})");
            file.Line("{");
            if (IsRest(context))
            {
                file.Line($"Http = {Http(operation)},");
            }

            if ((string?)operation["output"]?["resultWrapper"] is { } wrapper)
            {
                file.Line($"ResultWrapper = {CSharp.Literal(wrapper)},");
            }

            if ((string?)operation["authtype"] == "none")
            {
                file.Line("Unsigned = true,");
            }

            var errors = Model.Errors(operation).Select(error => $"{context.Prefix}Errors.{ErrorsFile.Name(context, error)}").ToList();
            if (errors.Count > 0)
            {
                file.Line($"Errors = [{string.Join(", ", errors)}],");
            }

            file.Line("};");
            file.Line();
        }

        ServiceModel(file, context, type);
        file.Line("}");
        return file.ToString();
    }

    private static void ServiceModel(CSharp file, Context context, string type)
    {
        var facts = context.Model.Metadata;
        var endpoint = (string)facts["endpointPrefix"]!;
        var signing = (string?)facts["signingName"] ?? endpoint;
        file.Line("public static ServiceModel Model { get; } = new()");
        file.Line("{");
        file.Line($"Id = {CSharp.Literal((string?)context.Model.Patch["id"] ?? context.Service)},");
        file.Line($"ServiceId = {CSharp.Literal((string)facts["serviceId"]!)},");
        file.Line($"SigningName = {CSharp.Literal(signing)},");
        file.Line($"ActionPrefix = {CSharp.Literal((string?)context.Model.Patch["actionPrefix"] ?? signing)},");
        file.Line($"EndpointPrefix = {CSharp.Literal(endpoint)},");
        file.Line($"ApiVersion = {CSharp.Literal((string)facts["apiVersion"]!)},");
        file.Line($"Protocols = [{string.Join(", ", Protocols(facts).Select(protocol => "Protocol." + protocol))}],");
        if ((string?)facts["targetPrefix"] is { } target)
        {
            file.Line($"TargetPrefix = {CSharp.Literal(target)},");
        }

        var xml = facts["xmlNamespace"] switch { JsonValue value => (string?)value, JsonObject ns => (string?)ns["uri"], _ => null };
        if (xml is not null)
        {
            file.Line($"XmlNamespace = {CSharp.Literal(xml)},");
        }

        if ((string?)context.Model.Patch["errorNamespace"] is { } errorNamespace)
        {
            file.Line($"ErrorNamespace = {CSharp.Literal(errorNamespace)},");
        }

        if (facts["awsQueryCompatible"] is not null)
        {
            file.Line("QueryCompatible = true,");
        }

        file.Line($"Operations = [{string.Join(", ", context.Model.Served)}],");
        file.Line("Unserved =");
        file.Line("[");
        foreach (var name in context.Model.Operations.Except(context.Model.Served).Order(StringComparer.Ordinal))
        {
            var http = IsRest(context) ? ", " + Http(context.Model.Operation(name)) : "";
            file.Line($"new({CSharp.Literal(name)}{http}),");
        }

        file.Line("],");
        file.Line("};");
    }

    private static IEnumerable<string> Protocols(JsonObject facts)
    {
        var json = (string?)facts["jsonVersion"] == "1.0" ? "AwsJson10" : "AwsJson11";
        var listed = facts["protocols"] as JsonArray ?? [(string)facts["protocol"]!];
        return listed.Select(protocol => (string)protocol! switch
        {
            "json" => json,
            "query" => "AwsQuery",
            "ec2" => "Ec2Query",
            "rest-json" => "RestJson1",
            "rest-xml" => "RestXml",
            "smithy-rpc-v2-cbor" => "RpcV2Cbor",
            var other => throw new NotSupportedException(other),
        });
    }

    private static bool IsRest(Context context) => ((string)context.Model.Metadata["protocol"]!).StartsWith("rest", StringComparison.Ordinal);

    private static string Http(JsonObject operation)
    {
        var http = operation["http"]!;
        var status = (int?)http["responseCode"] ?? 200;
        var uri = CSharp.Literal((string)http["requestUri"]!);
        return $"new({CSharp.Literal((string)http["method"]!)}, {uri}{(status == 200 ? "" : $", {status}")})";
    }

    private static (string Type, string Schema) Side(Context context, JsonObject operation, string side) =>
        (string?)operation[side]?["shape"] is { } shape
            ? (context.Model.ClassName(shape), context.Schema(shape))
            : ("Unit", "Schema.Unit");
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.Wire.Tests;

/// <summary>
/// A value of any schema as plain JSON, so that cases can be tables: times in RFC 3339, blobs in base64, numbers that JSON lacks as strings.
/// </summary>
internal sealed class Tree(Schema schema, JsonObject value) : IShape
{
    public Schema Schema => schema;

    public static Tree Parse(Schema schema, string json) => new(schema, JsonNode.Parse(json)!.AsObject());

    /// <summary>What a protocol reads from a request.</summary>
    public static string Read(Protocol protocol, Schema schema, FakeRequest request, RouteLabels? labels = null)
    {
        var reader = WireProtocols.Of(protocol).Read(Operation(schema), request, labels ?? RouteLabels.None);
        return Structure(reader, schema).ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>What a protocol answers.</summary>
    public static FakeResponse Write(Protocol protocol, Schema schema, string json, int status = 200)
    {
        var response = new FakeResponse();
        WireProtocols.Of(protocol).Write(Operation(schema, status), Parse(schema, json), response, "id");
        return response;
    }

    public void Write(ShapeWriter writer) => Write(writer, schema, value);

    private static Operation<Unit, Unit> Operation(Schema schema, int status = 200)
    {
        var operation = new Operation<Unit, Unit>("Do", schema, schema) { Http = new HttpBinding("POST", "/", status), ResultWrapper = "DoResult" };
        _ = new ServiceModel
        {
            Id = "sample", ServiceId = "Sample", SigningName = "sample", ActionPrefix = "sample", EndpointPrefix = "sample", ApiVersion = "2020-01-01",
            Protocols = [Protocol.AwsJson10], Operations = [operation],
        };
        return operation;
    }

    private static JsonObject Structure(ShapeReader reader, Schema schema)
    {
        var result = new JsonObject();
        reader.BeginStructure(schema);
        for (int index; (index = reader.NextMember()) >= 0;)
        {
            result[schema.Members[index].Name] = Value(reader, schema.Members[index].Target);
        }

        return result;
    }

    private static JsonNode Value(ShapeReader reader, Schema schema)
    {
        switch (schema.Kind)
        {
            case ShapeKind.Structure:
                return Structure(reader, schema);
            case ShapeKind.List:
                return new JsonArray([.. reader.ReadList(r => Value(r, schema.Element.Target))]);
            case ShapeKind.Map:
                var map = new JsonObject();
                foreach (var (key, value) in reader.ReadMap(r => Value(r, schema.Value.Target)))
                {
                    map[key] = value;
                }

                return map;
            case ShapeKind.Boolean:
                return reader.ReadBoolean();
            case ShapeKind.Integer:
                return reader.ReadInteger();
            case ShapeKind.Long:
                return reader.ReadLong();
            case ShapeKind.Float:
                return reader.ReadFloat() is var single && float.IsFinite(single) ? single : single.ToString(CultureInfo.InvariantCulture);
            case ShapeKind.Double:
                return reader.ReadDouble() is var number && double.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture);
            case ShapeKind.Timestamp:
                return reader.ReadTimestamp().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
            case ShapeKind.Blob:
                return Convert.ToBase64String(reader.ReadBlob());
            default:
                return reader.ReadString();
        }
    }

    private static void Write(ShapeWriter writer, Schema schema, JsonNode value)
    {
        switch (schema.Kind)
        {
            case ShapeKind.Structure:
                writer.BeginStructure(schema);
                foreach (var member in schema.Members)
                {
                    if (value[member.Name] is { } part)
                    {
                        writer.Member(member);
                        Write(writer, member.Target, part);
                    }
                }

                writer.EndStructure();
                break;
            case ShapeKind.List:
                writer.WriteList([.. value.AsArray()], (w, item) => Write(w, schema.Element.Target, item!));
                break;
            case ShapeKind.Map:
                writer.WriteMap(value.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!), (w, item) => Write(w, schema.Value.Target, item));
                break;
            case ShapeKind.Boolean:
                writer.WriteBoolean((bool)value);
                break;
            case ShapeKind.Integer:
                writer.WriteInteger((int)value);
                break;
            case ShapeKind.Long:
                writer.WriteLong((long)value);
                break;
            case ShapeKind.Float:
                writer.WriteFloat((float)Number(value));
                break;
            case ShapeKind.Double:
                writer.WriteDouble(Number(value));
                break;
            case ShapeKind.Timestamp:
                writer.WriteTimestamp(DateTimeOffset.Parse((string)value!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
                break;
            case ShapeKind.Blob:
                writer.WriteBlob(Convert.FromBase64String((string)value!));
                break;
            default:
                writer.WriteString((string)value!);
                break;
        }
    }

    private static double Number(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? double.Parse((string)value!, CultureInfo.InvariantCulture) : (double)value;
}
